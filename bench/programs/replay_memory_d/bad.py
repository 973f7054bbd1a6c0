"""Train a tiny Q-learner on pixels of a falling-ball game, with a replay buffer."""
import numpy as np

SIZE = 96
STEPS = 5200
BATCH = 16
ACTIONS = (-1, 0, 1)


class BallGame:
    """A ball falls; the paddle at the bottom must be below it."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.paddle = SIZE // 2
        self.drop()

    def drop(self):
        self.x, self.y = int(self.rng.integers(4, SIZE - 4)), 0

    def frame(self):
        picture = np.zeros((SIZE, SIZE), dtype=np.uint8)
        picture[self.y:self.y + 4, self.x - 2:self.x + 2] = 255
        picture[-3:, max(0, self.paddle - 6):self.paddle + 6] = 160
        return picture

    def step(self, action):
        self.paddle = min(SIZE - 6, max(6, self.paddle + 3 * ACTIONS[action]))
        self.y += 4
        if self.y < SIZE - 4:
            return self.frame(), 0.0
        reward = 1.0 if abs(self.x - self.paddle) <= 7 else -1.0
        self.drop()
        return self.frame(), reward


class ReplayBuffer:
    def __init__(self, capacity, shape):
        self.obs = np.zeros((capacity, *shape), dtype=np.uint8)
        self.next_obs = np.zeros((capacity, *shape), dtype=np.uint8)
        self.actions = np.zeros(capacity, dtype=np.int8)
        self.rewards = np.zeros(capacity, dtype=np.float32)
        self.pos = 0

    def add(self, obs, action, reward, next_obs):
        self.obs[self.pos] = obs
        self.next_obs[self.pos] = next_obs
        self.actions[self.pos] = action
        self.rewards[self.pos] = reward
        self.pos += 1

    def sample(self, rng):
        rows = rng.integers(0, self.pos, BATCH)
        return self.obs[rows], self.actions[rows], self.rewards[rows], self.next_obs[rows]


def features(frames):
    """Column profile of ball and paddle, and their difference."""
    ball = (frames[:, :-3] == 255).sum(axis=1) @ np.arange(SIZE) / 16.0
    paddle = (frames[:, -3:] == 160).sum(axis=1) @ np.arange(SIZE) / 36.0
    gap = (ball - paddle) / SIZE
    return np.stack([np.ones_like(gap), gap, np.abs(gap)], axis=1)


class QLearner:
    def __init__(self):
        self.weights = np.zeros((3, len(ACTIONS)))

    def act(self, frame, rng):
        if rng.random() < 0.2:
            return int(rng.integers(len(ACTIONS)))
        return int(np.argmax(features(frame[None]) @ self.weights))

    def learn(self, obs, actions, rewards, next_obs):
        best = (features(next_obs) @ self.weights).max(axis=1)
        x = features(obs)
        value = (x @ self.weights)[np.arange(BATCH), actions]
        error = rewards + 0.9 * best - value
        for action in range(len(ACTIONS)):
            mask = actions == action
            self.weights[:, action] += 0.05 * (error[mask, None] * x[mask]).sum(axis=0)


def main():
    rng = np.random.default_rng(3)
    game, learner = BallGame(5), QLearner()
    buffer = ReplayBuffer(STEPS, (SIZE, SIZE))
    obs, score = game.frame(), 0.0
    for step in range(STEPS):
        action = learner.act(obs, rng)
        next_obs, reward = game.step(action)
        buffer.add(obs, action, reward, next_obs)
        score += reward
        obs = next_obs
        if step >= 200 and step % 4 == 0:
            learner.learn(*buffer.sample(rng))
    print("steps", buffer.pos, "score", score)
    print("weights", np.round(learner.weights, 3).tolist())


if __name__ == "__main__":
    main()
