#pragma once

#include <QString>
#include <filesystem>
#include <string>

/// Edits of what the product wrote by other means than the product.
namespace journeys {

struct DatabaseEdits {
    int rows = 0;       ///< rows edited by SQL
    int bytes = 0;      ///< bytes of the file edited
    int bytesFound = 0; ///< of them found; a field of the header may mean nothing
    std::string missed; ///< table and column of a row whose edit `kamei-cli audit --verify` did not find
};

/// 25 random rows and 25 random bytes, always the same ones. `copy` is a folder that is made and made again.
[[nodiscard]] DatabaseEdits editDatabase(const std::filesystem::path& database,
                                         const std::filesystem::path& copy);

/// Edits a bit of a released file and of the manifest, and adds a file; each is taken back. What
/// `kamei-cli verify --key` did not find of them; empty when it found all, and nothing before and after.
[[nodiscard]] std::string editRelease(const std::filesystem::path& release, const QString& key);

} // namespace journeys
