#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/Error.h"

namespace kamei::intake::archive {

/// Goes through the members of one zip archive in order. libarchive stays in the .cpp file.
class ZipReader {
public:
    ~ZipReader();
    ZipReader(ZipReader&&) noexcept;
    ZipReader& operator=(ZipReader&&) noexcept;

    [[nodiscard]] static base::Expected<ZipReader> open(const std::filesystem::path& path);
    /// Over bytes that outlive the reader.
    [[nodiscard]] static base::Expected<ZipReader> open(std::string_view bytes);

    struct Entry {
        std::string name;
        std::optional<std::uint64_t> size; ///< as the directory says
        bool isFolder = false;
        bool isRegular = false;
        bool isEncrypted = false;
    };
    /// The next member; nothing at the end.
    [[nodiscard]] base::Expected<std::optional<Entry>> next();
    /// Bytes of the present member from where reading stopped, at most `limit`.
    [[nodiscard]] base::Expected<std::string> read(std::uint64_t limit);

private:
    struct State;
    explicit ZipReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace kamei::intake::archive
