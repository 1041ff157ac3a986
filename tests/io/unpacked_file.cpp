/// Packed files: several members, and what may stand behind the last.
#include "files.hpp"
#include "files/packed.hpp"

#include <strata/io/unpacked_file.hpp>

using namespace strata_tests;

namespace {

const temporary_folder& folder() {
    static const temporary_folder one;
    return one;
}
/// Everything in a packed file, read in pieces of so many bytes.
std::string unpacked(const std::string& bytes, std::size_t piece = 1000) {
    strata::io::unpacked_file file(folder().file("a.gz", bytes));
    std::string all, part(piece, 0);
    for (std::size_t got = piece; got == piece;) all.append(part, 0, got = file.read(part.data(), piece));
    return all;
}
std::string refusal(const std::string& bytes) {
    return message_of<strata::file_error>([&] { static_cast<void>(unpacked(bytes)); });
}

} // namespace

TEST_CASE("zeros behind a gzip stream are passed over, as gzip does", "[unpacked_file]") {
    std::string text(200'000, 'x');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i * i % 23);
    const std::string one = packed("y,a\n1,2\n"), two = packed(text);
    for (const std::size_t zeros : {0, 1, 2, 7, 512, 65'535, 65'536, 200'000}) { // also more than a buffer holds
        CAPTURE(zeros);
        const std::string behind(zeros, '\0');
        for (const std::size_t piece : {1, 1000, 300'000}) {
            CHECK(unpacked(one + behind, piece) == "y,a\n1,2\n");
            CHECK((unpacked(one + two + behind, piece) == "y,a\n1,2\n" + text));
        }
    }
    CHECK(unpacked(packed("") + std::string(3, '\0')).empty());
    CHECK(unpacked(packed("") + one + packed("")) == "y,a\n1,2\n");
}

TEST_CASE("what else stands behind a gzip stream is refused and not lost in silence", "[unpacked_file]") {
    const std::string one = packed("y,a\n1,2\n"), zeros(512, '\0');
    const auto byte = [](std::size_t n) { return "byte " + std::to_string(n) + ":"; };
    for (const std::string& end :
         {std::string("garbage"), std::string("g"), std::string("\x8b\x1f"), std::string("\n")})
        CHECK(says(refusal(one + end), byte(one.size()), "extra data follows the gzip stream", "gunzip"));
    // gzip does not read on behind zeros either
    for (const std::string& end : {std::string("garbage"), one})
        CHECK(says(refusal(one + zeros + end), byte(one.size() + zeros.size()), "extra data follows"));
    const std::string cut = one.substr(0, one.size() - 1), head = one.substr(0, 1);
    for (const std::string& end : {cut, head, cut.substr(0, 2), cut.substr(0, 10)})
        CHECK(says(refusal(one + end), byte(one.size() + end.size()), "ends inside its gzip stream"));
    CHECK(says(refusal(one + "\x1fgarbage"), "the gzip stream is damaged"));
}
