#include "core/intake/image/TiffMemory.h"

#include <algorithm>
#include <cstring>

namespace kamei::intake::image {

/// The functions through which libtiff reads and writes.
struct TiffCallbacks {
    static TiffMemory& of(thandle_t handle) { return *static_cast<TiffMemory*>(handle); }

    static tmsize_t read(thandle_t handle, void* out, tmsize_t count) {
        TiffMemory& memory = of(handle);
        const std::string_view bytes = memory.input();
        const std::uint64_t left = memory.m_at < bytes.size() ? bytes.size() - memory.m_at : 0;
        const std::uint64_t take = std::min(left, static_cast<std::uint64_t>(count));
        memory.m_pastEnd = memory.m_pastEnd || take < static_cast<std::uint64_t>(count);
        if (take > 0) {
            std::memcpy(out, bytes.data() + memory.m_at, take);
        }
        memory.m_at += take;
        return static_cast<tmsize_t>(take);
    }
    static tmsize_t write(thandle_t handle, void* data, tmsize_t count) {
        TiffMemory& memory = of(handle);
        if (!memory.m_writing) {
            return 0;
        }
        const std::uint64_t end = memory.m_at + static_cast<std::uint64_t>(count);
        if (memory.m_output.size() < end) {
            memory.m_output.resize(end);
        }
        std::memcpy(memory.m_output.data() + memory.m_at, data, static_cast<std::size_t>(count));
        memory.m_at = end;
        return count;
    }
    static toff_t seek(thandle_t handle, toff_t offset, int whence) {
        TiffMemory& memory = of(handle);
        const std::uint64_t from = whence == SEEK_SET   ? 0
                                   : whence == SEEK_CUR ? memory.m_at
                                                        : memory.input().size();
        memory.m_at = from + offset;
        return memory.m_at;
    }
    static int close(thandle_t) { return 0; }
    static toff_t size(thandle_t handle) { return of(handle).input().size(); }
    // Messages hold values of tags; nobody may see them.
    static int silent(TIFF*, void*, const char*, const char*, va_list) { return 1; }
};

TiffHandle TiffMemory::open(bool big, bool bigEndian) {
    TIFFOpenOptions* const options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, TiffCallbacks::silent, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options, TiffCallbacks::silent, nullptr);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, tmsize_t(1) << 31);
    // "m": no memory map, the bytes are in memory already.
    const char* const mode = m_writing ? (big         ? (bigEndian ? "w8bm" : "w8m")
                                          : bigEndian ? "wbm"
                                                      : "wm")
                                       : "rm";
    TIFF* const tiff = TIFFClientOpenExt("memory", mode, this, TiffCallbacks::read, TiffCallbacks::write,
                                         TiffCallbacks::seek, TiffCallbacks::close, TiffCallbacks::size,
                                         nullptr, nullptr, options);
    TIFFOpenOptionsFree(options);
    return TiffHandle(tiff);
}

} // namespace kamei::intake::image
