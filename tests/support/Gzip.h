#pragma once

#include <string>
#include <zlib.h>

namespace kamei::test {

/// RFC 1952; under a name of its own where one is given.
inline std::string gzipped(const std::string& bytes, std::string name = {}) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    gz_header named{};
    named.name = reinterpret_cast<Bytef*>(name.data());
    if (!name.empty()) {
        deflateSetHeader(&stream, &named);
    }
    std::string out(bytes.size() + bytes.size() / 100 + 1000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace kamei::test
