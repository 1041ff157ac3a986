#pragma once
#include <strata/base/words/sentence.hpp>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// How many bytes of a file foreign_format looks at.
inline constexpr std::size_t telling_bytes = 512;

/// foreign_format — what a file is that is no safetensors file, and how to turn it into one, from its first bytes: the
/// end of a message that begins with the file's name. Empty where the bytes are those of no format known here.
///
/// Sources  PKWARE's APPNOTE (zip), CPython's pickle protocols, HDF5's format signature, NumPy's NEP 1, ONNX's
///          ModelProto, RFC 1952 (gzip)
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string foreign_format(std::string_view beginning,
                                                                          std::string_view path) {
    const auto begins = [&](std::string_view magic) { return beginning.substr(0, magic.size()) == magic; };
    const auto holds = [&](std::string_view words) { return beginning.find(words) != std::string_view::npos; };
    const std::string_view name = path.substr(path.rfind('/') + 1); // npos + 1 is 0
    const std::string_view stem = name.substr(0, name.rfind('.'));
    const std::string file = sentence({"\"", name, "\""}), converted = sentence({"\"", stem, ".safetensors\""});
    const auto torch = [&](std::string_view kind) {
        return sentence({" is a PyTorch file (", kind,
                         "), but strata reads safetensors. Convert it in Python:\n  import torch, safetensors.torch\n  "
                         "safetensors.torch.save_file(torch.load(",
                         file, ", map_location=\"cpu\"), ", converted,
                         ")\nIf the program still has the model: safetensors.torch.save_file(model.state_dict(), ",
                         converted, ")."});
    };
    const auto keras = [&](std::string_view kind) {
        return sentence(
            {" is ", kind,
             " as Keras writes it, but strata reads safetensors. Convert it in Python:\n  import keras, "
             "safetensors.numpy\n  model = keras.saving.load_model(",
             file, ")\n  safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, ", converted,
             ")\nThen load it with a name_map: Keras uses different names and axis orders (docs/files.md)."});
    };
    const auto numpy = [&](std::string_view kind, std::string_view tensors) {
        return sentence({" is a NumPy file (", kind,
                         "), but strata reads safetensors. Convert it in Python:\n  import numpy, safetensors.numpy\n  "
                         "safetensors.numpy.save_file(",
                         tensors, ", ", converted, ")"});
    };
    const auto packed = [&](std::string_view kind, std::string_view tool) {
        return sentence(
            {" is compressed with ", kind, ", but strata reads plain safetensors. Unpack it: ", tool, " ", name});
    };
    if (begins("PK\x03\x04") || begins("PK\x05\x06")) {
        if (holds(".npy")) return numpy("npz", sentence({"dict(numpy.load(", file, "))"}));
        if (holds("metadata.json") || holds("config.json") || holds("model.weights.h5"))
            return keras("a .keras archive");
        if (holds("data.pkl") || holds("byteorder") || holds("constants.pkl"))
            return torch("a zip archive with a pickle");
        return sentence({" is a zip archive, but strata reads safetensors. If PyTorch wrote it, convert it in Python: "
                         "safetensors.torch.save_file(torch.load(",
                         file, ", map_location=\"cpu\"), ", converted, ")"});
    }
    if (beginning.size() > 1 && beginning[0] == '\x80' && beginning[1] >= 2 && beginning[1] <= 5)
        return torch("a pickle");
    if (begins("\x89HDF\r\n\x1a\n")) return keras("an HDF5 file");
    if (begins("\x93NUMPY")) return numpy("npy", sentence({"{\"0.weight\": numpy.load(", file, ")}"}));
    if (begins("\x1f\x8b")) return packed("gzip", "gunzip");
    if (begins("\x28\xb5\x2f\xfd")) return packed("zstd", "unzstd");
    if (begins("\xfd"
               "7zXZ"))
        return packed("xz", "unxz");
    if (begins("BZh")) return packed("bzip2", "bunzip2");
    if (holds("ustar")) return packed("tar", "tar -xf");
    if (begins("GGUF") || beginning.substr(beginning.size() < 4 ? beginning.size() : 4, 4) == "TFL3")
        return sentence({" is a ", begins("GGUF") ? "GGUF" : "TensorFlow Lite",
                         " file, but strata reads safetensors. Save the weights of the original model."});
    // ModelProto: field 1 is ir_version, and a field of it or its operators comes next.
    if (beginning.size() > 2 && beginning[0] == '\x08' && beginning[1] >= 3 && beginning[1] < 32
        && (beginning[2] == '\x12' || beginning[2] == '\x1a' || beginning[2] == '\x22' || beginning[2] == '\x3a'
            || beginning[2] == '\x42'))
        return sentence({" is an ONNX model, but strata reads safetensors. Convert its weights in Python:\n  import "
                         "onnx, onnx.numpy_helper, safetensors.numpy\n  safetensors.numpy.save_file({t.name: "
                         "onnx.numpy_helper.to_array(t) for t in onnx.load(",
                         file, ").graph.initializer}, ", converted, ")"});
    if (begins("version https://git-lfs"))
        return " is a Git LFS pointer, not the file itself. Fetch the file: git lfs pull";
    if (begins("<!DOCTYPE") || begins("<!doctype") || begins("<html") || begins("<HTML") || begins("<?xml"))
        return " is a web page, not a safetensors file. Download it again from the URL of the file itself.";
    if (begins("{") || begins("["))
        return holds("weight_map")
                   ? " is the index of a sharded safetensors model. Load the files that it lists."
                   : sentence({" is JSON, but strata reads safetensors. If it contains weights (as in RTNeural), "
                               "convert it in Python: safetensors.numpy.save_file({name: numpy array, ...}, ",
                               converted, ")"});
    return {};
}

} // namespace strata::inline STRATA_ABI::io
