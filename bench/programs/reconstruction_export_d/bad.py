"""Export a photogrammetric reconstruction and its feature tracks as JSON."""
import hashlib
import json
import math
import os
import tempfile

SHOTS = 140
POINTS = 26_000


class Reconstruction:
    def __init__(self):
        self.cameras = {}
        self.shots = {}
        self.tracks = {}

    def add_camera(self, name, width, height, focal):
        self.cameras[name] = {"projection": "perspective", "width": width, "height": height, "focal": focal}

    def add_shot(self, name, camera, angle):
        self.shots[name] = {
            "camera": camera,
            "rotation": [0.0, round(angle, 6), 0.0],
            "translation": [round(10 * math.cos(angle), 6), 0.0, round(10 * math.sin(angle), 6)],
        }

    def add_track(self, name, observations):
        """Numbers of the shots that see the point, and of the feature in each."""
        self.tracks[name] = observations


def write_json(document, path, indent=4):
    with open(path, "w", encoding="ascii") as out:
        out.write(json.dumps(document, indent=indent, sort_keys=True))


def reconstruct():
    scene = Reconstruction()
    scene.add_camera("v2 phantom 4000 3000", 4000, 3000, 0.85)
    for n in range(SHOTS):
        scene.add_shot(f"DJI_{n:04d}.JPG", "v2 phantom 4000 3000", 2 * math.pi * n / SHOTS)
    for point in range(POINTS):
        first = point * 17 % SHOTS
        views = [(first + k) % SHOTS for k in range(8 + point % 9)]
        features = [(point * 7 + view * 3) % 250 for view in views]
        scene.add_track(str(point), views + features)
    return scene


def track_statistics(scene):
    lengths = [len(observations) // 2 for observations in scene.tracks.values()]
    seen = [0] * SHOTS
    for observations in scene.tracks.values():
        for view in observations[:len(observations) // 2]:
            seen[view] += 1
    return max(lengths), sum(lengths) / len(lengths), min(seen), max(seen)


def export(scene, folder):
    parts = {
        "cameras.json": scene.cameras,
        "reconstruction.json": {"cameras": scene.cameras, "shots": scene.shots},
        "tracks.json": scene.tracks,
    }
    for name, document in parts.items():
        write_json(document, os.path.join(folder, name))
    return list(parts)


def main():
    scene = reconstruct()
    print("points %d longest %d mean %.3f seen %d..%d" % (len(scene.tracks), *track_statistics(scene)))
    with tempfile.TemporaryDirectory() as tmp:
        for name in export(scene, tmp):
            path = os.path.join(tmp, name)
            with open(path, "rb") as handle:
                digest = hashlib.file_digest(handle, "md5").hexdigest()[:10]
            print(f"{name:20} {os.path.getsize(path):9} {digest}")


if __name__ == "__main__":
    main()
