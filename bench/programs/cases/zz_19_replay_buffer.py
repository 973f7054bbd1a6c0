from collections import deque

import numpy as np

from harness import case, run


class PongLike:
    step_no, bat = 0, 40

    def render(self):
        pixels = np.zeros((84, 84), dtype=np.uint8)
        row, column = (self.step_no * 3) % 80, (self.step_no * 5) % 80
        pixels[row:row + 4, column:column + 4] = 255
        pixels[80:, self.bat:self.bat + 12] = 180
        return pixels

    def step(self, action):
        self.step_no += 1
        self.bat = int(np.clip(self.bat + (action - 1) * 4, 0, 71))
        return self.render(), 1.0 if self.step_no % 37 == 0 else 0.0


class FrameStack:
    def __init__(self, env, depth=4):
        self.env = env
        self.frames = deque([env.render()] * depth, maxlen=depth)

    def observation(self):
        return np.stack(self.frames)

    def step(self, action):
        frame, reward = self.env.step(action)
        self.frames.append(frame)
        return self.observation(), reward


class LazyFrames:
    def __init__(self, frames):
        self.frames = frames

    def __array__(self, dtype=None, copy=None):
        return np.stack(self.frames)


class LazyFrameStack(FrameStack):
    def observation(self):
        return LazyFrames(tuple(self.frames))


class ReplayBuffer:
    def __init__(self, size):
        self.transitions = deque(maxlen=size)

    def add(self, *transition):
        self.transitions.append(transition)

    def sample(self, rng, count):
        picked = [self.transitions[i] for i in rng.integers(0, len(self.transitions), count)]
        return np.array([np.asarray(obs) for obs, *_ in picked]), sum(reward for _, _, reward, _ in picked)


def train(env, steps):
    rng = np.random.default_rng(5)
    buffer = ReplayBuffer(3000)
    obs, pixels, won = env.observation(), 0, 0.0
    for step in range(steps):
        action = int(rng.integers(0, 3))
        following, reward = env.step(action)
        buffer.add(obs, action, reward, following)
        obs = following
        if step % 8 == 7:
            observations, rewards = buffer.sample(rng, 32)
            pixels = (pixels + int(observations.sum(dtype=np.int64))) % 1000003
            won += rewards
    print(len(buffer.transitions), pixels, won)
    return buffer


@case("zz 19 replay buffer")
class _:
    def bad():
        return train(FrameStack(PongLike()), 4200)

    def good():
        return train(LazyFrameStack(PongLike()), 4200)


if __name__ == "__main__":
    kept = run()
