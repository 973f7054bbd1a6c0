"""Collect the original reads of viral alignments into a table."""
import os
import tempfile

N_READS = 5200
BASES = str.maketrans("ACGT", "TGCA")
PATTERN = "ACGGTCATTGCAACGTTAGCCATGACTGGATCCTAGCATTTGACCGGTAACCTGATCGAT" * 120


def write_fastq(path):
    with open(path, "w", encoding="ascii") as out:
        for n in range(N_READS):
            start, length = n * 37 % 1900, 3000 + n * 911 % 4001
            sequence = PATTERN[start:start + length]
            quality = (chr(40 + n % 30) * 61 + chr(45 + n % 17))
            quality = (quality * (len(sequence) // 62 + 1))[:len(sequence)]
            out.write(f"@read-{n:06d}\n{sequence}\n+\n{quality}\n")


def write_alignments(path):
    with open(path, "w", encoding="ascii") as out:
        for n in range(5, N_READS, 23):
            flag = 16 if n % 2 else 0
            out.write(f"read-{n:06d}\t{flag}\tvirus-{n % 11:02d}\t{100 + n}\t{20 + n % 41}\n")


def parse_fastq(handle):
    """Name, bases and qualities of each read."""
    while header := handle.readline():
        sequence = handle.readline().rstrip("\n")
        handle.readline()
        quality = handle.readline().rstrip("\n")
        yield header[1:].rstrip("\n"), sequence, quality


def parse_alignments(path):
    with open(path, encoding="ascii") as handle:
        for line in handle:
            name, flag, reference, position, score = line.rstrip("\n").split("\t")
            yield name, bool(int(flag) & 16), reference, int(position), int(score)


class FastqIndex:
    """Gives the reads of a FASTQ file by name, from their place in the file."""

    def __init__(self, path):
        self.handle = open(path, encoding="ascii")
        self.offsets = {}
        offset = 0
        for name, sequence, _ in parse_fastq(self.handle):
            self.offsets[name] = offset
            offset += len(name) + 2 * len(sequence) + 6

    def __len__(self):
        return len(self.offsets)

    def __getitem__(self, name):
        self.handle.seek(self.offsets[name])
        _, sequence, quality = next(parse_fastq(self.handle))
        return sequence, quality


def load_reads(path):
    return FastqIndex(path)


def gc_share(sequence):
    return (sequence.count("G") + sequence.count("C")) / len(sequence)


def mean_quality(quality):
    return sum(quality.encode("ascii")) / len(quality) - 33


def rows(alignments, reads):
    for name, reverse, reference, position, score in alignments:
        sequence, quality = reads[name]
        if reverse:
            sequence, quality = sequence.translate(BASES)[::-1], quality[::-1]
        yield name, reference, position, score, sequence[:12], gc_share(sequence), mean_quality(quality)


def main():
    per_reference = {}
    with tempfile.TemporaryDirectory() as tmp:
        fastq, sam = os.path.join(tmp, "reads.fastq"), os.path.join(tmp, "hits.tsv")
        write_fastq(fastq)
        write_alignments(sam)
        reads = load_reads(fastq)
        print("reads", len(reads))
        for n, row in enumerate(rows(parse_alignments(sam), reads)):
            per_reference.setdefault(row[1], []).append(row[5:])
            if n % 60 == 0:
                print("%s %s %d %d %s gc %.3f q %.2f" % row)
    for reference, values in sorted(per_reference.items()):
        gc, quality = map(sum, zip(*values))
        print(f"{reference} {len(values)} gc {gc / len(values):.4f} q {quality / len(values):.2f}")


if __name__ == "__main__":
    main()
