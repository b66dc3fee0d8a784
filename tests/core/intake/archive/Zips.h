#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <fstream>
#include <string>
#include <vector>

/// Zip archives made for tests.
namespace kamei::test {

struct ZipEntry {
    std::string name;
    std::string content;
    unsigned type = AE_IFREG;
};

inline std::string makeZip(const std::vector<ZipEntry>& entries, const char* password = nullptr) {
    std::string out(1 << 16, '\0');
    for (const ZipEntry& entry : entries) {
        out.resize(out.size() + entry.content.size() + entry.name.size() * 2 + 1024);
    }
    std::size_t used = 0;
    struct archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    if (password != nullptr) {
        archive_write_set_options(zip, "zip:encryption=traditional");
        archive_write_set_passphrase(zip, password);
    }
    archive_write_open_memory(zip, out.data(), out.size(), &used);
    for (const ZipEntry& entry : entries) {
        archive_entry* header = archive_entry_new();
        archive_entry_set_pathname(header, entry.name.c_str());
        archive_entry_set_filetype(header, entry.type);
        archive_entry_set_perm(header, 0644);
        if (entry.type == AE_IFLNK) {
            archive_entry_set_symlink(header, entry.content.c_str());
        } else {
            archive_entry_set_size(header, static_cast<la_int64_t>(entry.content.size()));
        }
        archive_write_header(zip, header);
        if (entry.type == AE_IFREG) {
            archive_write_data(zip, entry.content.data(), entry.content.size());
        }
        archive_entry_free(header);
    }
    archive_write_close(zip);
    archive_write_free(zip);
    out.resize(used);
    return out;
}

inline void writeFile(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

} // namespace kamei::test
