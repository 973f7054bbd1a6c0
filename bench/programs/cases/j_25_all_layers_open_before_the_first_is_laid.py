import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def layer_builder(number):
    def build(path):
        from PIL import Image, ImageDraw
        layer = Image.new('RGBA', (1400, 1100), (0, 0, 0, 0))
        draw = ImageDraw.Draw(layer)
        for k in range(12):
            x, y = (number * 83 + k * 131) % 1300, (number * 57 + k * 97) % 1000
            draw.rectangle((x, y, x + 90, y + 90), fill=(number * 13 % 255, k * 20 % 255, 120, 90))
        layer.save(path, format='PNG', compress_level=1)
    return build


@case('25 all layers open before the first is laid')
class _:
    def setup():
        global LAYERS
        LAYERS = [fixture(f'j_25_layer_{number:02d}.png', layer_builder(number)) for number in range(18)]
        import PIL.Image
        import PIL.PngImagePlugin

    def bad():
        from PIL import Image

        def open_layers(paths):
            return [Image.open(path).convert('RGBA') for path in paths]

        def draw_map(paths):
            sheet = Image.new('RGBA', (1400, 1100), (255, 255, 255, 255))
            for layer in open_layers(paths):
                sheet.alpha_composite(layer)
            return sheet

        sheet = draw_map(LAYERS)
        print(sheet.size, sheet.resize((2, 2)).tobytes().hex())
        return sheet

    def good():
        from PIL import Image

        def open_layers(paths):
            return (Image.open(path).convert('RGBA') for path in paths)

        def draw_map(paths):
            sheet = Image.new('RGBA', (1400, 1100), (255, 255, 255, 255))
            for layer in open_layers(paths):
                sheet.alpha_composite(layer)
            return sheet

        sheet = draw_map(LAYERS)
        print(sheet.size, sheet.resize((2, 2)).tobytes().hex())
        return sheet


if __name__ == "__main__":
    kept = run()
