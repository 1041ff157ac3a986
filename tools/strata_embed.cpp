// strata-embed FILE.safetensors [--name NAME] > weights.hpp
// Writes the file as a C++ header: an aligned constexpr array of its bytes, which net.load and net.try_load take as they
// are. The file is read and checked whole first; what is wrong is a sentence and the exit status 1, and nothing is written.
#include <strata/io/tensors/safetensors.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

// The variable's name of a file's: "runs/lenet-5.safetensors" is lenet_5_weights.
std::string name_of(std::string_view path) {
    std::string_view stem = path.substr(path.rfind('/') + 1);
    stem = stem.substr(0, stem.rfind('.'));
    std::string name;
    for (const char c : stem) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
        if (name.empty() && digit) name += 'w';
        name += letter || digit ? c : '_';
    }
    return name + "_weights";
}

bool is_identifier(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9')) return false;
    }
    return !name.empty();
}

// What a comment can hold: printable ASCII, without the backslash that would continue the line.
std::string in_a_comment(std::string text) {
    for (char& c : text)
        if (c < 0x20 || c > 0x7e || c == '\\') c = '?';
    return text;
}

// Bytes as string literals, which compilers read many times as fast as lists of numbers. Octal escapes end after three
// digits whatever follows.
void write_bytes(const std::byte* bytes, std::size_t size) {
    std::string line;
    for (std::size_t i = 0; i < size; ++i) {
        if (line.empty()) line = "    \"";
        const auto b = std::to_integer<unsigned>(bytes[i]);
        line += '\\';
        const bool digit_follows = i + 1 < size && bytes[i + 1] >= std::byte{'0'} && bytes[i + 1] <= std::byte{'7'};
        if (b >= 0x20 && b <= 0x7e && b != '"' && b != '\\' && b != '?') line.back() = static_cast<char>(b);
        else if (b < 8 && !digit_follows) line += static_cast<char>('0' + b);
        else
            for (int shift = 6; shift >= 0; shift -= 3) line += static_cast<char>('0' + (b >> shift & 7));
        if (line.size() > 112 || i + 1 == size) {
            std::printf("%s\"%s\n", line.c_str(), i + 1 == size ? ";" : "");
            line.clear();
        }
    }
}

int fail(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv) try {
    std::string path, name;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--name" && i + 1 < argc) name = argv[++i];
        else if (path.empty() && word.substr(0, 2) != "--") path = word;
        else return fail("usage: strata-embed FILE.safetensors [--name NAME] > weights.hpp");
    }
    if (path.empty()) return fail("usage: strata-embed FILE.safetensors [--name NAME] > weights.hpp");
    if (name.empty()) name = name_of(path);
    if (!is_identifier(name))
        return fail("strata-embed: '" + name + "' is no name of a variable. Give another: --name NAME");

    const strata::io::byte_block content = strata::io::read_file(path);
    const std::span<const std::byte> bytes(content.data(), content.size());
    const strata::io::tensor_file file = strata::io::read_safetensors(path);

    std::printf("#pragma once\n// Written by strata-embed from %s:\n", in_a_comment(path).c_str());
    for (const strata::io::tensor_view& t : file.tensors) {
        std::string shape;
        for (const long long extent : t.shape) shape += (shape.empty() ? "" : ", ") + std::to_string(extent);
        std::printf("//   %s  %s [%s]\n", in_a_comment(t.name).c_str(),
                    std::string(strata::io::fact_of(t.dtype).name).c_str(), shape.c_str());
    }
    std::printf("// A model takes them as they are: net.load(%s), or net.try_load(%s) without exceptions.\n"
                "#include <cstddef>\n#include <span>\n\n"
                "// A string literal, which is fast to compile; its closing zero is no part of the file.\n"
                "#if defined(__clang__)\n#pragma clang diagnostic push\n"
                "#pragma clang diagnostic ignored \"-Woverlength-strings\"\n#endif\n"
                "alignas(64) inline constexpr unsigned char %s_and_zero[%zu + 1] =\n",
                name.c_str(), name.c_str(), name.c_str(), bytes.size());
    write_bytes(bytes.data(), bytes.size());
    std::printf("#if defined(__clang__)\n#pragma clang diagnostic pop\n#endif\n");
    std::printf("inline constexpr std::span<const unsigned char, %zu> %s(%s_and_zero, %zu);\n", bytes.size(),
                name.c_str(), name.c_str(), bytes.size());
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        return fail("strata-embed: the header could not be written. Is the disk full?");
    return 0;
} catch (const std::exception& e) {
    return fail(e.what());
}
