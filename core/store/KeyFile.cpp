#include "core/store/KeyFile.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <sys/stat.h>
#include <system_error>

#include "core/base/FileIo.h"

namespace kamei::store {

namespace fs = std::filesystem;

base::Expected<void> createKey(const fs::path& file) {
    return writeKey(file, base::SecretBytes::random(kKeyBytes).span());
}

base::Expected<void> writeKey(const fs::path& file, std::span<const std::byte> key) {
    if (key.size() != kKeyBytes) {
        return base::fail(base::ErrorCode::InvalidArgument, "store.key");
    }
    std::error_code error;
    if (fs::exists(fs::symlink_status(file, error))) {
        return base::fail(base::ErrorCode::WorkspaceExists, "store.key");
    }
    // AtomicFile makes its neighbour with mkostemp, which gives mode 0600.
    auto out = base::AtomicFile::create(file);
    if (!out) {
        return tl::unexpected(out.error());
    }
    if (auto written = out->write(key); !written) {
        return written;
    }
    return out->commit();
}

base::Expected<base::SecretBytes> loadKey(const fs::path& file) {
    auto content = base::readFile(file, kKeyBytes);
    if (!content) {
        if (content.error().code == base::ErrorCode::TooLarge) {
            return base::fail(base::ErrorCode::WorkspaceDamaged, "store.key");
        }
        return tl::unexpected(content.error());
    }
    if (content->size() != kKeyBytes) {
        base::wipe(*content);
        return base::fail(base::ErrorCode::WorkspaceDamaged, "store.key");
    }
    auto key = base::SecretBytes::copyOf(std::as_bytes(std::span(content->data(), content->size())));
    base::wipe(*content);
    return key;
}

base::Expected<void> destroyKey(const fs::path& file) {
    auto shredded = base::shredFile(file);
    if (!shredded && shredded.error().code == base::ErrorCode::NotFound) {
        return {};
    }
    return shredded;
}

} // namespace kamei::store
