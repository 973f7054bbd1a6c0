from PIL import Image

from harness import case, fixture, run

AVATAR = (160, 120)


def build(path):
    red = Image.linear_gradient("L").resize((5600, 4200))
    green = Image.radial_gradient("L").resize((5600, 4200))
    blue = red.rotate(180)
    Image.merge("RGB", (red, green, blue)).save(path, "JPEG", quality=85)


class AvatarStore:
    def __init__(self):
        self.avatars = {}

    def scale(self, upload):
        with Image.open(upload) as photo:
            return photo.resize(AVATAR, Image.Resampling.BICUBIC)

    def add(self, user, upload):
        avatar = self.scale(upload)
        self.avatars[user] = avatar.tobytes()
        return avatar.size, avatar.mode


class DraftAvatarStore(AvatarStore):
    def scale(self, upload):
        with Image.open(upload) as photo:
            photo.draft("RGB", (AVATAR[0] * 2, AVATAR[1] * 2))
            return photo.resize(AVATAR, Image.Resampling.BICUBIC)


def receive_uploads(store, upload):
    for user in ("anna", "bela", "cora", "dora", "emil"):
        size, mode = store.add(user, upload)
        print(user, size, mode, len(store.avatars[user]))
    return store


@case("oo 16 avatar upload")
class _:
    def setup():
        _.upload = fixture("oo_holiday_photo.jpg", build)

    def bad():
        return receive_uploads(AvatarStore(), _.upload)

    def good():
        return receive_uploads(DraftAvatarStore(), _.upload)


if __name__ == "__main__":
    kept = run()
