import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_photo(path):
    from PIL import Image
    Image.linear_gradient("L").resize((3200, 2200)).convert("RGB").save(path, "JPEG", quality=85)


@case('24 watermark layer of the whole photo')
class _:
    def setup():
        from PIL import Image, ImageDraw
        Image.init()
        fixture("k_photo.jpg", build_photo)

    def bad():
        import io
        from PIL import Image, ImageDraw

        def make_stamp():
            stamp = Image.new("RGBA", (240, 80), (0, 0, 0, 0))
            ImageDraw.Draw(stamp).rectangle((10, 10, 229, 69), fill=(200, 30, 30, 255))
            return stamp

        def watermark(photo, stamp):
            place = (photo.width - stamp.width - 20, photo.height - stamp.height - 20)
            layer = Image.new("RGBA", photo.size, (0, 0, 0, 0))
            layer.paste(stamp, place)
            return Image.alpha_composite(photo.convert("RGBA"), layer).convert("RGB")

        photo = Image.open(os.path.join(D, "k_photo.jpg"))
        photo.load()
        marked = watermark(photo, make_stamp())
        out = io.BytesIO()
        marked.save(out, "JPEG", quality=85)
        print(f"{marked.size}, {out.tell()} bytes")
        return out

    def good():
        import io
        from PIL import Image, ImageDraw

        def make_stamp():
            stamp = Image.new("RGBA", (240, 80), (0, 0, 0, 0))
            ImageDraw.Draw(stamp).rectangle((10, 10, 229, 69), fill=(200, 30, 30, 255))
            return stamp

        def watermark(photo, stamp):
            place = (photo.width - stamp.width - 20, photo.height - stamp.height - 20)
            photo.paste(stamp, place, stamp)
            return photo

        photo = Image.open(os.path.join(D, "k_photo.jpg"))
        photo.load()
        marked = watermark(photo, make_stamp())
        out = io.BytesIO()
        marked.save(out, "JPEG", quality=85)
        print(f"{marked.size}, {out.tell()} bytes")
        return out


if __name__ == "__main__":
    kept = run()
