#pragma once

#include <filesystem>

#include "core/base/Error.h"

namespace kamei::store {

/// The right to change a workspace: at most one process has it. Held by flock(2) on the file `lock`,
/// so that the kernel releases it when the process ends in whatever way; the file holds the pid.
class WriterLock {
public:
    /// Errors: WorkspaceLocked (args: pid of the writer, "0" when it is not known), WorkspaceReadOnly.
    [[nodiscard]] static base::Expected<WriterLock> acquire(const std::filesystem::path& file);
    ~WriterLock();
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&& other) noexcept;
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

private:
    explicit WriterLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace kamei::store
