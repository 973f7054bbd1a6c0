# sized
__all__ = ["getsitepackages"]
def getsitepackages(prefixes):
    return [each + "/lib" for each in prefixes]
def _folders(prefixes):
    return [each + "/lib" for each in prefixes]  # expect: HW702
def folders(prefixes):
    return [each + "/lib" for each in prefixes]  # expect: HW702
class Site:
    def folders_of(self, prefixes):
        return [each + "/lib" for each in prefixes]
def main(prefixes):
    for each in Site().folders_of(prefixes):
        print(each)
    for each in folders(prefixes):
        print(each)
    for each in getsitepackages(prefixes):
        print(each)
    for each in _folders(prefixes):
        print(each)
if __name__ == "__main__":
    main([])
