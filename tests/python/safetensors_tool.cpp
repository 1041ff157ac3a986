/// What the comparison with the safetensors package has of strata:
///   safetensors_tool copy IN OUT       the same tensors and texts
///   safetensors_tool widen IN OUT      floating-point numbers as F64, integers as I64
///   safetensors_tool narrow IN OUT     each tensor x as x.f16 and x.bf16
///   safetensors_tool model OUT DTYPE   a model that tests itself, as F32, F16 or BF16
///   safetensors_tool load IN OUT       that model from a file, and written again
#include <strata/files.hpp>
#include <strata/inference.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace io = strata::io;

namespace {

struct small : strata::network<strata::features<3>, strata::dense<4>, strata::relu, strata::dense<2>> {};

template <class Number>
io::tensor_view view(const io::tensor_view& like, const std::string& name, io::dtype type,
                     const std::vector<Number>& numbers) {
    return {name, like.shape, type, std::as_bytes(std::span(numbers))};
}

void widen(const io::tensor_file& in, const char* out) {
    std::vector<std::vector<double>> numbers(in.tensors.size());
    std::vector<std::vector<std::int64_t>> integers(in.tensors.size());
    std::vector<io::tensor_view> tensors;
    for (std::size_t i = 0; i < in.tensors.size(); ++i) {
        const io::tensor_view& t = in.tensors[i];
        if (strata::detail::holds_numbers(t)) {
            numbers[i] = io::as_doubles(t);
            tensors.push_back(view(t, t.name, io::dtype::f64, numbers[i]));
        } else {
            integers[i] = io::as_integers(t);
            tensors.push_back(view(t, t.name, io::dtype::i64, integers[i]));
        }
    }
    io::write_safetensors(out, tensors, in.metadata);
}

void narrow(const io::tensor_file& in, const char* out) {
    std::vector<std::vector<std::byte>> bytes;
    std::vector<io::tensor_view> tensors;
    for (const io::tensor_view& t : in.tensors)
        for (const auto& [type, name] : {std::pair{io::dtype::f16, ".f16"}, std::pair{io::dtype::bf16, ".bf16"}}) {
            const auto numbers = io::as_doubles(t);
            bytes.push_back(strata::detail::stored_as(type, std::span<const double>(numbers)));
            tensors.push_back({t.name + name, t.shape, type, bytes.back()});
        }
    io::write_safetensors(out, tensors, in.metadata);
}

int run(int count, char** words) {
    const std::string what = count == 4 ? words[1] : "";
    if (what == "model") {
        const std::string type = words[3];
        strata::model<small>{strata::seed{5}}.save(words[2], {.stored = type == "F16"    ? io::dtype::f16
                                                                        : type == "BF16" ? io::dtype::bf16
                                                                                         : io::dtype::f32,
                                                              .self_test = std::vector<float>{1, -2, 3, 0.5f, 0, -1}});
    } else if (what == "load") {
        strata::model<small> net{strata::seed{6}};
        net.load(words[2]);
        net.save(words[3]);
    } else if (what == "copy" || what == "widen" || what == "narrow") {
        const auto in = io::read_safetensors(words[2]);
        if (what == "copy") io::write_safetensors(words[3], in.tensors, in.metadata);
        else if (what == "widen") widen(in, words[3]);
        else narrow(in, words[3]);
    } else {
        std::fprintf(stderr, "safetensors_tool: see the head of its source\n");
        return 1;
    }
    return 0;
}

} // namespace

int main(int count, char** words) try { return run(count, words); } catch (const strata::error& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
