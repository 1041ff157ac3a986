/// A file that is replaced keeps its mode, owner, group, access control list and attributes.
#include "files/written_files.hpp"
#if defined(__linux__)
#include <sys/xattr.h>
#endif

using namespace strata_tests;

TEST_CASE("a file that is replaced keeps its mode, and a new one has what the umask leaves", "[keep_attributes]") {
    const temporary_folder folder;
    const mode_t before = ::umask(027);
    write_text(folder / "new", "1");
    ::umask(before);
    CHECK(mode_of(folder / "new") == 0640u);
    for (const unsigned m : {0600u, 0644u, 0664u, 0755u, 0200u, 04711u}) {
        const std::string path = folder.file("old", "old");
        REQUIRE(::chmod(path.c_str(), m) == 0);
        write_text(path, "something longer");
        CHECK(mode_of(path) == m);
        REQUIRE(::chmod(path.c_str(), 0600) == 0);
        CHECK(text_of(path) == "something longer");
        write_text(path, "");
        CHECK(text_of(path).empty());
        REQUIRE(::unlink(path.c_str()) == 0);
    }
    CHECK(sorted_names(folder.path()) == names{"new"});
}

#if defined(__linux__)
TEST_CASE("extended attributes and the access control list are kept", "[keep_attributes][data]") {
    const temporary_folder folder;
    const std::string path = folder.file("file", "old");
    if (::setxattr(path.c_str(), "user.source", "lab 7", 5, 0) != 0)
        STRATA_SKIP("the file system has no extended attributes");
    // Version 2; the owner may read and write, user 4711 may, the group may not, the mask lets both, others may not.
    const unsigned char list[] = {2, 0,   0,   0,   1,   0,   6,  0, 255, 255, 255, 255, 2,   0,  6,
                                  0, 103, 18,  0,   0,   4,   0,  0, 0,   255, 255, 255, 255, 16, 0,
                                  6, 0,   255, 255, 255, 255, 32, 0, 0,   0,   255, 255, 255, 255};
    const bool has_lists = ::setxattr(path.c_str(), "system.posix_acl_access", list, sizeof list, 0) == 0;
    write_text(path, "new");
    char value[100];
    REQUIRE(::getxattr(path.c_str(), "user.source", value, sizeof value) == 5);
    CHECK(std::string(value, 5) == "lab 7");
    if (has_lists) {
        REQUIRE(::getxattr(path.c_str(), "system.posix_acl_access", value, sizeof value)
                == static_cast<ssize_t>(sizeof list));
        CHECK(std::equal(list, list + sizeof list, reinterpret_cast<const unsigned char*>(value)));
    }
}
#endif

TEST_CASE("owner and group are kept, by root and by others", "[keep_attributes][data]") {
    if (::geteuid() != 0) STRATA_SKIP("only root can give files away");
    const temporary_folder folder;
    if (::chown(folder.file("given", "").c_str(), 1234, 5678) != 0)
        STRATA_SKIP("this root has no power over other users' files");
    REQUIRE(::unlink((folder / "given").c_str()) == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
    if (in_child([&] { return become(65534) && ::access(folder.path().c_str(), W_OK | X_OK) == 0 ? 0 : 1; }) != 0)
        STRATA_SKIP("other users cannot reach the folder for temporary files");
    const auto owned = [&](const char* name, unsigned user, unsigned group, unsigned m) {
        const std::string path = folder.file(name, "old");
        REQUIRE((::chown(path.c_str(), user, group) == 0 && ::chmod(path.c_str(), m) == 0));
        return path;
    };
    const auto is_as_it_was = [&](const std::string& path, unsigned user, unsigned group, unsigned m,
                                  const std::string& text) {
        CHECK(facts_about(path).st_uid == user);
        CHECK(facts_about(path).st_gid == group);
        CHECK(mode_of(path) == m);
        CHECK(text_of(path) == text);
    };
    const std::string theirs = owned("theirs", 1234, 5678, 0640);
    write_text(theirs, "by root");
    is_as_it_was(theirs, 1234, 5678, 0640, "by root");

    // Another user's file that all may write: only its contents can be replaced, if it is to stay theirs.
    const std::string shared = owned("shared", 1234, 5678, 0666), longer(100'000, 'l'), shorter = "s";
    for (const unsigned sticky : {0u, 01000u}) // a sticky folder does not let it be renamed either
        for (const std::string& text : {longer, shorter, std::string()}) {
            REQUIRE(::chmod(folder.path().c_str(), 0777 | sticky) == 0);
            CHECK(in_child([&] { return become(65534) ? (write_text(shared, text), 0) : 1; }) == 0);
            is_as_it_was(shared, 1234, 5678, 0666, text);
        }
    // A write-protected file stays, though its folder would let it be replaced.
    const std::string sealed = owned("sealed", 65534, 65534, 0444), foreign = owned("foreign", 0, 0, 0644);
    REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
    for (const std::string& path : {sealed, foreign})
        CHECK(in_child([&] {
                  return become(65534) && says(refusal_to_write(path), "Permission denied", "write-protected") ? 0 : 1;
              })
              == 0);
    is_as_it_was(sealed, 65534, 65534, 0444, "old");
    is_as_it_was(foreign, 0, 0, 0644, "old");

    // In a folder that gives its group to what is made in it.
    const std::string group = folder.folder("group");
    REQUIRE((::chown(group.c_str(), 0, 5678) == 0 && ::chmod(group.c_str(), 02777) == 0));
    write_text(group + "/file", "new");
    CHECK(facts_about(group + "/file").st_gid == 5678);
    REQUIRE(::chown((group + "/file").c_str(), 0, 99) == 0);
    write_text(group + "/file", "newer");
    CHECK(facts_about(group + "/file").st_gid == 99);

    // A folder that may be entered and written, not listed.
    const std::string box = folder.folder("box");
    REQUIRE(::chmod(box.c_str(), 0733) == 0);
    CHECK(in_child([&] { return become(65534) ? (write_text(box + "/file", "new"), 0) : 1; }) == 0);
    CHECK(text_of(box + "/file") == "new");
    // A folder without write permission: nothing can stand there whole before it replaces the file.
    const std::string closed = folder.folder("closed"), within = owned("closed/file", 65534, 65534, 0644);
    CHECK(in_child([&] { return become(65534) && says(refusal_to_write(within), "Permission denied") ? 0 : 1; }) == 0);
    CHECK(text_of(within) == "old");
    CHECK(sorted_names(folder.path()) == names{"box", "closed", "foreign", "group", "sealed", "shared", "theirs"});
}
