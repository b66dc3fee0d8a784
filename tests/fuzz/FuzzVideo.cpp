#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/video/Statements.h"
#include "core/intake/video/Video.h"
#include "core/transform/video/Cleaning.h"
#include "core/transform/video/Rewrite.h"

using namespace kamei;

/// Whatever opens can be looked at; what is written of it opens again with as many frames, masked, and says nothing
/// beside its pictures.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto coding : {intake::video::Coding::H264, intake::video::Coding::Hevc, intake::video::Coding::Mpeg2,
                              intake::video::Coding::Mpeg4, intake::video::Coding::Mjpeg}) {
        for (const int lengthSize : {0, 1, 2, 4}) {
            static_cast<void>(transform::video::cleaned(coding, {data, size}, lengthSize));
        }
        static_cast<void>(transform::video::cleanedConfiguration(coding, {data, size}));
    }
    const auto bytes = intake::video::Bytes::ofMemory(std::string(reinterpret_cast<const char*>(data), size));
    const auto index = intake::video::readIndex(bytes);
    if (!index || (*index)->facts.frames > 64 || (*index)->facts.width > 640 || (*index)->facts.height > 640) {
        return 0;
    }
    static_cast<void>(intake::video::readStatements(bytes, **index));
    transform::video::Wish wish;
    wish.masks.resize(1);
    wish.masks.front().rect = {2, 2, 9, 9};
    wish.masks.front().frames = {(*index)->facts.frames / 2, (*index)->facts.frames / 2 + 1};
    auto scratch = transform::video::Scratch::create({});
    if (!scratch || !transform::video::rewrite(bytes, *index, wish, *scratch)) {
        return 0;
    }
    const auto after = intake::video::readIndex(*scratch->bytes());
    if (!after || (*after)->facts.frames != (*index)->facts.frames || (*after)->facts.audio > 0 ||
        // MPEG-4 part 2 keeps the name of its encoder, which decoders need.
        ((*after)->userDataCount > 0 && (*after)->coding != intake::video::Coding::Mpeg4)) {
        std::abort();
    }
    return 0;
}
