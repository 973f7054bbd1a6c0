"""A detection data set: annotations are read once, samples are drawn by number."""
import json
from array import array

from harness import case, fixture, run

CLASSES = ["person", "car", "bicycle", "dog", "traffic light", "bench"]


def build(path):
    with open(path, "w") as out:
        for n in range(180_000):
            out.write(json.dumps({
                "image_id": n // 3 + 1000, "category_id": n % 6,
                "bbox": [n * 7 % 600 + 0.5, n * 11 % 400 + 0.25, n % 90 + 1.5, n % 70 + 2.75],
                "iscrowd": int(n % 50 == 0)}) + "\n")


class BoxDataset:
    def __init__(self, path):
        with open(path) as lines:
            self.annotations = [json.loads(line) for line in lines]

    def __len__(self):
        return len(self.annotations)

    def __getitem__(self, n):
        annotation = self.annotations[n]
        return annotation["image_id"], annotation["category_id"], annotation["bbox"], annotation["iscrowd"]


class BoxTable:
    def __init__(self, path):
        self.image_ids = array("i")
        self.categories = array("b")
        self.boxes = array("f")
        self.crowds = array("b")
        with open(path) as lines:
            for line in lines:
                annotation = json.loads(line)
                self.image_ids.append(annotation["image_id"])
                self.categories.append(annotation["category_id"])
                self.boxes.extend(annotation["bbox"])
                self.crowds.append(annotation["iscrowd"])

    def __len__(self):
        return len(self.image_ids)

    def __getitem__(self, n):
        box = self.boxes[4 * n:4 * n + 4].tolist()
        return self.image_ids[n], self.categories[n], box, self.crowds[n]


def epoch(dataset):
    area = [0.0] * len(CLASSES)
    skipped = 0
    step = 7919
    for k in range(len(dataset)):
        _, category, (_, _, width, height), crowd = dataset[k * step % len(dataset)]
        if crowd:
            skipped += 1
        else:
            area[category] += width * height
    largest = max(range(len(CLASSES)), key=area.__getitem__)
    print(f"{len(dataset)} boxes, {skipped} skipped, area {sum(area):.1f}, largest {CLASSES[largest]}")
    return dataset


@case("ab 23 box dataset")
class _:
    def bad():
        return epoch(BoxDataset(fixture("ab_23_boxes.jsonl", build)))

    def good():
        return epoch(BoxTable(fixture("ab_23_boxes.jsonl", build)))


if __name__ == "__main__":
    kept = run()
