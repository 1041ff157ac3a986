/// Where a file is written: links are followed and stay, and names and paths may be as long as the system has them.
#include "files/small_file_system.hpp"
#include "files/written_files.hpp"

using namespace strata_tests;

TEST_CASE("symbolic links are followed and stay links", "[file_place]") {
    const temporary_folder folder;
    static_cast<void>(folder.folder("there")), static_cast<void>(folder.folder("here"));
    const std::string file = folder.file("there/file", "old");
    const auto link = [&](const std::string& text, const std::string& name) {
        REQUIRE(::symlink(text.c_str(), (folder / name).c_str()) == 0);
        return folder / name;
    };
    const std::string chain[] = {link(file, "absolute"), link("there/file", "relative"),
                                 link("../there/file", "here/up"), link("here/up", "second"),
                                 link("there", "folder") + "/file"};
    for (const std::string& path : chain) {
        CAPTURE(path);
        write_text(path, "by " + path);
        CHECK(text_of(file) == "by " + path);
        CHECK(S_ISREG(facts_about(file).st_mode));
    }
    for (const char* name : {"absolute", "relative", "here/up", "second", "folder"})
        CHECK(S_ISLNK(facts_about(folder / name).st_mode));

    write_text(link("there/none yet", "dangling"), "new"); // leads to nothing, and then to a file
    CHECK(text_of(folder / "there/none yet") == "new");
    CHECK(S_ISLNK(facts_about(folder / "dangling").st_mode));
    CHECK(says(refusal_to_write(link("no folder/file", "nowhere")), "No such file"));
    CHECK(says(refusal_to_write(link("circle", "circle")), "Too many levels of symbolic links"));
    static_cast<void>(link("b", "a"));
    CHECK(says(refusal_to_write(link("a", "b")), "Too many levels of symbolic links"));
    CHECK(says(refusal_to_write(link("there/", "slash")), "Is a directory"));
    CHECK(sorted_names(folder / "there") == names{"file", "none yet"});
    CHECK(sorted_names(folder / "here") == names{"up"});
}

TEST_CASE("somebody else's link in a folder for everybody is not followed", "[file_place][data]") {
    if (::geteuid() != 0) STRATA_SKIP("only root can give links away");
    const temporary_folder folder;
    const std::string file = folder.file("mine", "old"), shared = folder.folder("shared"), link = shared + "/link";
    REQUIRE(::symlink(file.c_str(), link.c_str()) == 0);
    if (::lchown(link.c_str(), 1234, 5678) != 0) STRATA_SKIP("this root has no power over other users' files");
    REQUIRE(::chmod(shared.c_str(), 01777) == 0);
    CHECK(says(refusal_to_write(link), "Permission denied"));
    CHECK(text_of(file) == "old");
    REQUIRE(::lchown(link.c_str(), ::geteuid(), ::getegid()) == 0);
    write_text(link, "new");
    CHECK(text_of(file) == "new");
}

TEST_CASE("a link to another file system is followed", "[file_place][data]") {
    const temporary_folder folder, other;
    const int result = in_child([&] {
        if (!mount_small_file_system(other.path(), 1 << 20)) return 77;
        if (::symlink((other / "file").c_str(), (folder / "link").c_str()) != 0) return 1;
        for (const char* text : {"new", "newer"}) {
            write_text(folder / "link", text);
            if (text_of(other / "file") != text || !S_ISLNK(facts_about(folder / "link").st_mode)) return 2;
        }
        return 0;
    });
    if (result == 77) STRATA_SKIP("no file system can be mounted here, not even in a namespace of its own");
    CHECK(result == 0);
}

TEST_CASE("a name may be as long as the file system has it, in a path as long as the system has it", "[file_place]") {
    const temporary_folder folder;
    std::string accents;
    for (int i = 0; i < 127; ++i) accents += "é"; // 254 bytes
    for (const std::string& name : {std::string(230, 'n'), std::string(255, 'n'), accents}) {
        write_text(folder / name, "new");
        write_text(folder / name, "newer");
        CHECK(text_of(folder / name) == "newer");
        REQUIRE(::unlink((folder / name).c_str()) == 0);
    }
    CHECK(says(refusal_to_write(folder / std::string(256, 'n')), "File name too long"));
    std::string path = folder.path(); // 4095 bytes, the most that open takes
    while (path.size() < 3800) REQUIRE(::mkdir((path += "/" + std::string(199, 'f')).c_str(), 0777) == 0);
    const std::string within = path, file = path + "/" + std::string(4095 - path.size() - 1 > 255 ? 255 : 0, 'n');
    for (const std::string& name : {file, within + "/" + std::string(200, 'n')}) {
        write_text(name, "new");
        write_text(name, "newer");
        CHECK(text_of(name) == "newer");
        REQUIRE(::unlink(name.c_str()) == 0);
    }
    CHECK(sorted_names(within).empty());
}
