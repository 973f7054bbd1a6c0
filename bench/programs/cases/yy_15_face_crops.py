"""Collects the faces that a detector finds in the frames of a video, for a later clustering step."""
import numpy as np

from harness import case, run

SIZE = 40


class Video:
    def __init__(self, frames, height=800, width=1100):
        self.frames = frames
        self.base = np.arange(height * width, dtype=np.uint32).reshape(height, width)

    def __iter__(self):
        for number in range(self.frames):
            frame = (self.base * (number + 3) >> 5).astype(np.uint8)
            frame[number * 5:number * 5 + SIZE, number * 9:number * 9 + SIZE] = 255
            yield frame


def detect(frame):
    """Box of the brightest block of the frame."""
    h, w = frame.shape[0] // SIZE, frame.shape[1] // SIZE
    blocks = frame[:h * SIZE, :w * SIZE].reshape(h, SIZE, w, SIZE)
    level, darkest = blocks.mean(axis=(1, 3)), blocks.min(axis=(1, 3))
    row, col = np.unravel_index((level + darkest).argmax(), level.shape)
    return row * SIZE, col * SIZE


def crop(frame, top, left):
    return frame[top:top + SIZE, left:left + SIZE]


def crop_copy(frame, top, left):
    return frame[top:top + SIZE, left:left + SIZE].copy()


class Gallery:
    def __init__(self, cut):
        self.cut = cut
        self.faces = []

    def scan(self, video):
        for number, frame in enumerate(video):
            top, left = detect(frame)
            self.faces.append((number, self.cut(frame, top, left)))
        return self

    def signature(self):
        return sum(int(face.sum()) * (number + 1) for number, face in self.faces) % 1000003


def scan(cut):
    gallery = Gallery(cut).scan(Video(100))
    print(len(gallery.faces), gallery.signature())
    return gallery


@case("yy 15 face crops")
class _:
    def bad():
        return scan(crop)

    def good():
        return scan(crop_copy)


if __name__ == "__main__":
    kept = run()
