#include <array>
#include <zlib.h>

#include "core/intake/pdf/Checks.h"

namespace kamei::intake::pdf {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.pdf.streams";
/// A page scanned in colour at A3 and 600 dots an inch has 209 MB.
constexpr std::uint64_t kMaxStream = 512ULL << 20;
constexpr std::uint64_t kMaxAll = 8ULL << 30;
/// Objects and the cross-reference are unpacked whole into memory.
constexpr std::uint64_t kMaxStructure = 64ULL << 20;
constexpr std::uint64_t kMaxAllStructure = 256ULL << 20;

/// Length of what a zlib stream unpacks to, counted up to `most`; what is no zlib stream counts as nothing.
std::uint64_t unpackedSize(std::string_view bytes, std::uint64_t most) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) {
        return 0;
    }
    std::array<unsigned char, 65536> out; // NOLINT: filled by zlib
    std::uint64_t size = 0;
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data())); // NOLINT: zlib reads
    stream.avail_in = static_cast<unsigned>(bytes.size());
    int state = Z_OK;
    while (state == Z_OK && size <= most) {
        stream.next_out = out.data();
        stream.avail_out = out.size();
        state = inflate(&stream, Z_NO_FLUSH);
        size += out.size() - stream.avail_out;
    }
    inflateEnd(&stream);
    return size;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

/// The dictionary before a stream, as it is written.
std::string_view dictionaryBefore(std::string_view bytes, std::size_t stream) {
    constexpr std::size_t kMost = 4096;
    const std::size_t from = stream > kMost ? stream - kMost : 0;
    const std::string_view part = bytes.substr(from, stream - from);
    const std::size_t begin = part.rfind(" obj");
    return begin == std::string_view::npos ? part : part.substr(begin);
}

bool isPlainFilter(std::string_view dictionary) {
    const std::size_t at = dictionary.find("/Filter");
    if (at == std::string_view::npos) {
        return true;
    }
    const std::string_view rest = dictionary.substr(at + 7);
    const std::size_t first = rest.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (rest[first] == '/' || rest[first] == '[');
}

} // namespace

base::Expected<void> checkStreams(std::string_view bytes) {
    std::uint64_t all = 0;
    std::uint64_t allStructure = 0;
    constexpr std::string_view kKeyword = "stream";
    for (std::size_t at = bytes.find(kKeyword); at != std::string_view::npos;
         at = bytes.find(kKeyword, at + 1)) {
        std::size_t begin = at + kKeyword.size();
        if (begin < bytes.size() && bytes[begin] == '\r') {
            ++begin;
        }
        if (begin >= bytes.size() || bytes[begin] != '\n' || (at >= 3 && bytes.substr(at - 3, 3) == "end")) {
            continue;
        }
        ++begin;
        const std::string_view dictionary = dictionaryBefore(bytes, at);
        const bool structure = dictionary.find("/ObjStm") != std::string_view::npos ||
                               dictionary.find("/XRef") != std::string_view::npos;
        const std::size_t packers = count(dictionary, "/FlateDecode") + count(dictionary, "/LZWDecode") +
                                    count(dictionary, "/RunLengthDecode");
        // Nobody packs twice but to hide how much comes out; objects are packed in one way only.
        if (packers > 1 || (structure && (dictionary.find("/LZW") != std::string_view::npos ||
                                          !isPlainFilter(dictionary)))) {
            return base::fail(ErrorCode::TooDeep, kPlace);
        }
        const std::uint64_t most = structure ? kMaxStructure : kMaxStream;
        const std::uint64_t size = unpackedSize(bytes.substr(begin), most);
        all += size;
        allStructure += structure ? size : 0;
        if (size > most || all > kMaxAll || allStructure > kMaxAllStructure) {
            return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(most)});
        }
    }
    return {};
}

} // namespace kamei::intake::pdf
