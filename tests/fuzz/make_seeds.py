#!/usr/bin/env python3
"""Seeds of the fuzz targets: small files, each right or wrong in one way.

    python3 make_seeds.py TARGET FOLDER

Those named good-* must be read; the runner holds that. The first byte of each says how a target takes it.
"""
import base64
import gzip
import json
import pathlib
import struct
import sys
import zlib


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def by_header(header, data):
    """A safetensors file as the targets take it: header, a zero byte, data."""
    text = header if isinstance(header, str) else json.dumps(header, separators=(",", ":"))
    return b"\1" + text.encode() + b"\0" + data


def whole(header, data):
    text = json.dumps(header, separators=(",", ":")).encode()
    return b"\0" + struct.pack("<Q", len(text)) + text + data


def floats(*numbers):
    return struct.pack(f"<{len(numbers)}f", *numbers)


def safetensors():
    dense = {"0.weight": entry("F32", [2, 2], 0, 16), "0.bias": entry("F32", [2], 16, 24)}
    numbers = floats(1, 2, 3, 4, 5, 6)
    yield "good-dense", by_header({"__metadata__": {"format": "pt"}, **dense}, numbers)
    yield "good-whole", whole(dense, numbers)
    tested = {**dense, "self_test.input": entry("F32", [1, 2], 24, 32), "self_test.output": entry("F32", [1, 2], 32, 40),
              "self_test.tolerance": entry("F64", [1], 40, 48)}
    yield "good-tested", by_header(tested, numbers + floats(1, 0, 6, 9) + struct.pack("<d", 1e-4))
    yield "half", by_header({"0.weight": entry("F16", [2, 2], 0, 8), "0.bias": entry("BF16", [2], 8, 12)}, bytes(12))
    yield "turned", by_header({"w": entry("F32", [2, 2], 0, 16), "a0bias": entry("F8_E4M3", [2], 16, 18)}, bytes(18))
    yield "seen", by_header({"v": entry("F8_E5M2", [4], 0, 4), "abias": entry("F32", [2], 4, 12), "left": entry("U8", [0], 12, 12)},
                            bytes(12))
    sizes = {"BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "U16": 2, "I16": 2, "F16": 2, "BF16": 2, "U32": 4, "I32": 4,
             "F32": 4, "U64": 8, "I64": 8, "F64": 8}
    begin, every = 0, {}
    for name, size in sizes.items():
        every[name] = entry(name, [1], begin, begin + size)
        begin += size
    yield "every", by_header(every, bytes(begin))
    yield "scalar", by_header({"\u00e4\n\"": entry("I64", [], 0, 8)}, bytes(8))
    yield "terabytes", by_header({"a": entry("F32", [1 << 40], 0, 1 << 42)}, b"")
    yield "overlap", by_header({"a": entry("U8", [2], 0, 2), "b": entry("U8", [2], 1, 3)}, bytes(3))
    yield "gap", by_header({"a": entry("U8", [1], 0, 1), "b": entry("U8", [1], 2, 3)}, bytes(3))
    yield "twice", by_header('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{}}', bytes(1))
    yield "nan", by_header('{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,Infinity]}}', bytes(4))
    yield "nested", by_header("{" + "[" * 200, b"")
    yield "escapes", by_header('{"\\u00e4\\ud83d\\ude00\\/":{"shape":[0,9],"dtype":"F32","data_offsets":[0,0]}}  ', b"")
    yield "long", b"\0" + b"\xff" * 8 + b"{}"


def idx():
    def array(extents, values, kind=8):
        return struct.pack(">I", kind << 8 | len(extents)) + struct.pack(f">{len(extents)}I", *extents) + values

    labels, images = array([3], bytes([1, 2, 3])), array([2, 2, 3], bytes(range(12)))
    for mode in range(3):
        yield f"good-labels-{mode}" if mode < 2 else "labels-2", bytes([mode]) + labels
        yield f"good-images-{mode}" if mode < 2 else "images-2", bytes([mode]) + images
    yield "good-packed", b"\0" + gzip.compress(images)
    yield "good-members", b"\0" + gzip.compress(images[:9]) + gzip.compress(images[9:])
    yield "garbage", b"\0" + gzip.compress(labels) + b"garbage"
    yield "zeros", b"\0" + gzip.compress(labels) + bytes(8)
    yield "cut", b"\0" + gzip.compress(images)[:-5]
    yield "bomb", b"\0" + gzip.compress(array([1 << 20], bytes(1 << 20)))
    yield "terabytes", b"\0" + array([1 << 31, 1 << 31], b"")
    yield "floats", b"\0" + array([1], bytes(4), 13)
    yield "many", b"\0" + array([1] * 255, b"\7")


def csv():
    yield "good-values", b"\0y,a,b\n1,2,3\n-1.5e3,+4, 5\n"
    yield "good-classes", b"\1kind,a\r\npear,1\r\n\"a \"\"fig\"\"\",2\r\n"
    yield "good-bare", b"\6" + b"1;2,5\n".replace(b",", b".") + b"3;4\n"
    history = b"epoch,loss,accuracy,held_out_loss,held_out_accuracy,rate,seconds\r\n1,0.5,0.25,0.75,0.5,0.001,2\r\n2,nan,inf,,,0.1,3\r\n"
    yield "good-history", b"\x08" + history
    yield "mark", b"\0\xef\xbb\xbfy,a\n1,2\n\n\n"
    yield "packed", b"\0" + gzip.compress(b"y,a\n1,2\n")
    yield "open", b"\0y,a\n1,\"2\n"
    yield "ragged", b"\0y,a\n1,2,3\n"
    yield "columns", b"\2" + b"," * 2000
    yield "latin", b"\0y,a\n1,\xe9\n"
    yield "return", b"\0y,a\r1,2"


def json_texts():
    yield "good-texts", b'\0{"a":"b","c":"\\u00e4\\ud83d\\ude00\\n"}'
    yield "good-integers", b"\1[0,1,9223372036854775807]"
    yield "good-arrays", b'\2 { "a" : [1 , 2 ] , "b":[]}\n'
    yield "good-text", b'\3"\\"\\\\\\/\\b\\f\\n\\r\\t"'
    yield "good-back", "\4 ä\n\"\\ \x01 €".encode()
    yield "nan", b"\1[NaN]"
    yield "infinity", b"\1[-Infinity]"
    yield "fraction", b"\1[1.5e3]"
    yield "zeros", b"\1[007]"
    yield "large", b"\1[9223372036854775808]"
    yield "nested", b"\1" + b"[" * 500
    yield "half", b'\3"\\ud800\\u0041"'
    yield "comma", b'\0{"a":"b",}'
    yield "bytes", b'\3"\xff\xc0\x80"'


def checkpoint():
    texts = {"format": "strata checkpoint", "checkpoint_version": "1", "network": "network<features<2>, dense<2>>", "optimiser": "sgd", "steps": "3",
             "passes": "1", "seed": "1", "epoch": "0", "next_sample": "6", "data_size": "7", "batch": "2", "loss": "4607182418800017408",
             "seconds": "0", "metrics": "0" * 32,
             "history": "epoch,loss,accuracy,held_out_loss,held_out_accuracy,rate,seconds\r\n"}
    tensors, data = {}, b""
    for prefix in ("parameters.", "optimiser.0.", "best.parameters."):
        for name, shape, count in (("0.weight", [2, 2], 4), ("0.bias", [2], 2)):
            tensors[prefix + name] = entry("F32", shape, len(data), len(data) + 4 * count)
            data += floats(*range(count))

    def of(**changes):
        return {"__metadata__": {**texts, **changes}, **tensors}

    finished = texts["history"] + "1,0.5,0.25,0.75,0.5,0.001,2\r\n"
    yield "good-within", by_header(of(), data)
    yield "good-whole", whole(of(), data)
    yield "good-epoch", by_header(of(epoch="1", next_sample="0", history=finished), data)
    yield "newer", by_header(of(checkpoint_version="2"), data)
    yield "negative", by_header(of(steps="18446744073709551615"), data)
    yield "beyond", by_header(of(next_sample="9223372036854775806"), data)
    yield "epochs", by_header(of(epoch="2", history=finished), data)
    yield "other", by_header(of(network="dense<3>"), data)
    yield "metrics", by_header(of(metrics="0g"), data)
    yield "integers", by_header({**of(), "parameters.0.bias": entry("I32", [2], 16, 24)}, data)
    yield "model", by_header({"__metadata__": {"format": "strata"}}, b"")


def cifar10():
    record = bytes([3]) + bytes(range(256)) * 12
    yield "good-one", b"\0" + record
    yield "good-two", b"\1" + record * 2
    yield "label", b"\0" + bytes([10]) + record[1:]
    yield "cut", b"\0" + record[:-1]
    yield "empty", b"\0"


def number_records():
    numbers = b"".join(x.to_bytes(4, "little") for x in (0x3f800000, 0x40000000, 0x40400000))  # 1, 2, 3
    yield "good-values", bytes([2 + 8, 1, 1, 0xf0, 0xf0, 0xf0, 0]) + numbers * 3
    yield "good-classes", bytes([2 + 4 * 32, 1, 1, 0xf0, 0xf0, 0xf0, 0x80]) + numbers * 2
    yield "wraps", bytes([2 + 32, 1, 1, 0xff, 0xf0, 0xf0, 0x80]) + numbers
    yield "not-finite", bytes([2 + 8, 1, 1, 0xf0, 0xf0, 0xf0, 0]) + b"\xff" * 12
    yield "cut", bytes([2 + 8, 1, 1, 0xf0, 0xf0, 0xf0, 0]) + numbers + b"\0"


def image():
    """The files of read_image: of PNG whole chunks, of JPEG the smallest that there are."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    def png(depth, colours, rows, width, height, *more):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    def jpeg(text):
        return base64.b64decode(text)

    grey = jpeg(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i"
            "Z2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
            "AQEAAD8AFf/Z")
    progressive = jpeg(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i"
            "Z2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
            "Y2NjY2NjY2P/wgARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAVAQEBAAAAAAAAAAAAAAAAAAABBf/a"
            "AAwDAQACEAMQAAABkBT/AP/EABQQAQAAAAAAAAAAAAAAAAAAABD/2gAIAQEAAQUCP//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
            "AQMBAT8Bf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Bf//EABQQAQAAAAAAAAAAAAAAAAAAABD/2gAIAQEABj8CP//E"
            "ABQQAQAAAAAAAAAAAAAAAAAAABD/2gAIAQEAAT8hP//aAAwDAQACAAMAAAAQ8//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMB"
            "AT8Qf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Qf//EABQQAQAAAAAAAAAAAAAAAAAAABD/2gAIAQEAAT8QP//Z")
    yield "good-grey", b"\0" + png(8, 0, b"\0\1\2\0\3\4", 2, 2)
    yield "good-rgb", b"\1" + png(8, 2, b"\0" + bytes(range(6)), 2, 1)
    yield "good-alpha", b"\2" + png(8, 6, b"\1" + bytes(range(8)), 2, 1)
    yield "good-deep", b"\0" + png(16, 0, b"\0\1\2\3\4", 2, 1)
    yield "good-palette", b"\1" + png(2, 3, b"\0\x1b", 4, 1, chunk(b"PLTE", bytes(range(12))))
    yield "good-jpeg", b"\0" + grey
    yield "good-progressive", b"\2" + progressive
    yield "huge", b"\0" + png(8, 0, b"", 1 << 30, 1 << 30)
    yield "cut", b"\0" + png(8, 0, b"\0\1\2\0\3\4", 2, 2)[:-20]
    yield "cut-jpeg", b"\0" + grey[:-8]
    yield "neither", b"\0GIF89a"


targets = {"safetensors": safetensors, "idx": idx, "csv": csv, "json": json_texts, "checkpoint": checkpoint, "cifar10": cifar10,
           "number_records": number_records, "image": image}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, seed in targets[sys.argv[1]]():
        (folder / name).write_bytes(seed)
