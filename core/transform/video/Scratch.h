#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"
#include "core/transform/Transform.h"

namespace kamei::transform::video {

/// A file without a name, gone with its last reader: in a folder of the workspace, or in memory where none is
/// given.
class Scratch {
public:
    [[nodiscard]] static base::Expected<Scratch> create(const std::filesystem::path& folder);
    ~Scratch();
    Scratch(Scratch&& other) noexcept;
    Scratch& operator=(Scratch&&) = delete;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] base::Expected<void> clear();
    [[nodiscard]] base::Expected<intake::video::Bytes> bytes() const;
    /// Everything, in order.
    [[nodiscard]] base::Expected<void> copyTo(ByteSink& out) const;

private:
    explicit Scratch(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace kamei::transform::video
