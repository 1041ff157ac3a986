/// What a run says when it goes on from a checkpoint, or cannot, and the folder that it is given.
#include "files.hpp"
#include "files/written_files.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/metrics/top_k.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

struct small : network<features<2>, dense<24>, tanh_activation, dense<4>> {};
struct wider : network<features<2>, dense<32>, tanh_activation, dense<4>> {};

data::in_memory<> samples() {
    data::contents c;
    c.sample = shape(2);
    c.classes = 4;
    for (int i = 0; i < 100; ++i) c.floats.push_back(static_cast<float>(i % 7)), c.floats.push_back(1);
    for (int i = 0; i < 100; ++i) c.labels.push_back(i % 4);
    return data::in_memory<>(c);
}
template <class Net = small, class... Metrics>
void fit(const checkpoints& files, int epochs, bool progress = false, int stop_after = 1000) {
    model<Net> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{}, Metrics{}...};
    trainer.fit(samples(),
                {.epochs = epochs,
                 .batch = 10,
                 .progress = progress,
                 .after_step = [&](const step_report& r) { return r.step < stop_after; }},
                files);
}
template <class Body>
std::string printed(const temporary_folder& folder, Body body) {
    const std::string path = folder.file("output", "");
    REQUIRE(in_child([&] {
                const int file = ::open(path.c_str(), O_WRONLY);
                if (::dup2(file, 1) != 1) return 1;
                body();
                return std::fflush(stdout) == 0 ? 0 : 2;
            })
            == 0);
    return text_of(path);
}

} // namespace

TEST_CASE("a run that is resumed says where it goes on, in one line, where progress is shown") {
    const temporary_folder folder;
    const checkpoints files{.folder = folder / "run", .resume = true};
    const auto line = [&](const char* step, const char* at) {
        return "resumed from " + files.folder + "/checkpoint-0000000000" + step + ".safetensors after step "
               + std::to_string(std::atoi(step)) + ": " + at + "\n";
    };
    fit(files, 3);
    CHECK(printed(folder, [&] { fit(files, 5, true, 34); }).find(line("30", "epoch 4 of 5")) == 0);
    CHECK(printed(folder, [&] { fit(files, 5, true); }).find(line("34", "epoch 4 of 5, sample 41 of 100")) == 0);
    CHECK(printed(folder, [&] { fit(files, 5, true); })
              .find(line("50", "all 5 epochs are done. To train on, ask for more epochs or use another folder."))
          == 0);
    CHECK(printed(folder, [&] { fit(files, 6); }).empty());
    CHECK(printed(folder, [&] { fit({.folder = folder / "new", .resume = true}, 1, true); }).find("resumed")
          == std::string::npos);
}

TEST_CASE("a run that had been finished does nothing, and its history says so, also where no progress is shown") {
    const temporary_folder folder;
    const checkpoints files{.folder = folder / "run", .resume = true};
    const auto note = [&](int epochs, int batch) { // on the end, or none
        model<small> net{seed{1}};
        trainer trainer{net, cross_entropy{}, adam{}};
        std::string found;
        for (const std::string& n :
             trainer.fit(samples(), {.epochs = epochs, .batch = batch, .progress = false}, files).notes)
            if (n.find("are done") != std::string::npos) found += n;
        return found;
    };
    CHECK(note(20, 10).empty());
    const std::string done = "checkpoint-000000000200.safetensors after step 200: all 20 epochs are done",
                      remedy = ". To train on, ask for more epochs or use another folder.";
    CHECK(note(20, 10) == "resumed from " + files.folder + "/" + done + remedy);
    CHECK(says(note(20, 20), done + ", in steps of 10 samples, not 20" + remedy));
    CHECK(note(21, 20).empty());
}

TEST_CASE("a refusal to resume tells the difference and nothing else") {
    const temporary_folder folder;
    const checkpoints files{.folder = folder / "run", .resume = true};
    fit(files, 1);
    const auto refusal = [&](auto body) {
        const std::string message = message_of<file_error>(body);
        CHECK(message.size() < 400);
        return message;
    };
    CHECK(says(
        refusal([&] { fit<wider>(files, 2); }),
        "a different network, and nothing was loaded: layer 1 is dense<24> in the file and dense<32> in the program"));
    CHECK(says(refusal([&] { fit<small, top_k<2>>(files, 2); }),
               "different metrics: accuracy; this run has top_2. Resume with the same metrics."));
}

TEST_CASE("the folder of checkpoints is made with all folders above it") {
    const temporary_folder folder;
    for (const char* name : {"a/b/c", "a/b/d/", "e//f", "a/b/c/g"}) {
        const checkpoints files{.folder = folder / name};
        fit(files, 1);
        CHECK(temporary_folder::names_in(files.folder).size() >= 1);
    }
    REQUIRE(::symlink((folder / "a").c_str(), (folder / "link").c_str()) == 0);
    fit({.folder = folder / "link/h"}, 1);
    CHECK(temporary_folder::names_in(folder / "a/h").size() == 1);
    const std::string file = folder.file("file", "");
    for (const std::string& name : {file, file + "/a/b"}) {
        const auto message = message_of<file_error>([&] { fit({.folder = name}, 1); });
        CHECK(says(message, "cannot make the folder " + name + " for checkpoints: Not a directory",
                   "Use a folder that you can write to"));
    }
    CHECK(says(message_of<file_error>([] { fit({.folder = "/proc/strata/run"}, 1); }),
               "cannot make the folder /proc/strata/run for checkpoints: No such file or directory"));
}
