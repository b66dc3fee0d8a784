#include "core/intake/dicom/Jpeg2000.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <openjpeg.h>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.jpeg2000";

struct CloseCodec {
    void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
};
struct CloseStream {
    void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
struct CloseImage {
    void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};
using Codec = std::unique_ptr<opj_codec_t, CloseCodec>;
using Stream = std::unique_ptr<opj_stream_t, CloseStream>;
using Image = std::unique_ptr<opj_image_t, CloseImage>;

constexpr auto kNothing = static_cast<OPJ_SIZE_T>(-1);

/// A codestream in memory, read by the library.
struct Source {
    std::span<const std::byte> bytes;
    std::size_t position = 0;

    static OPJ_SIZE_T read(void* buffer, OPJ_SIZE_T size, void* self) {
        auto& s = *static_cast<Source*>(self);
        const std::size_t left = s.bytes.size() - s.position;
        if (left == 0) {
            return kNothing;
        }
        const std::size_t count = std::min<std::size_t>(left, size);
        std::memcpy(buffer, s.bytes.data() + s.position, count);
        s.position += count;
        return count;
    }
    static OPJ_OFF_T skip(OPJ_OFF_T count, void* self) {
        auto& s = *static_cast<Source*>(self);
        const auto to = static_cast<OPJ_OFF_T>(s.position) + count;
        if (to < 0 || to > static_cast<OPJ_OFF_T>(s.bytes.size())) {
            s.position = s.bytes.size();
            return -1;
        }
        s.position = static_cast<std::size_t>(to);
        return count;
    }
    static OPJ_BOOL seek(OPJ_OFF_T to, void* self) {
        auto& s = *static_cast<Source*>(self);
        if (to < 0 || to > static_cast<OPJ_OFF_T>(s.bytes.size())) {
            return OPJ_FALSE;
        }
        s.position = static_cast<std::size_t>(to);
        return OPJ_TRUE;
    }
};

/// What the library writes.
struct Sink {
    std::vector<std::byte> bytes;
    std::size_t position = 0;

    static OPJ_SIZE_T write(void* buffer, OPJ_SIZE_T size, void* self) {
        auto& s = *static_cast<Sink*>(self);
        if (s.bytes.size() < s.position + size) {
            s.bytes.resize(s.position + size);
        }
        std::memcpy(s.bytes.data() + s.position, buffer, size);
        s.position += size;
        return size;
    }
    static OPJ_OFF_T skip(OPJ_OFF_T count, void* self) {
        auto& s = *static_cast<Sink*>(self);
        s.position += static_cast<std::size_t>(count);
        s.bytes.resize(std::max(s.bytes.size(), s.position));
        return count;
    }
    static OPJ_BOOL seek(OPJ_OFF_T to, void* self) {
        auto& s = *static_cast<Sink*>(self);
        s.position = static_cast<std::size_t>(to);
        s.bytes.resize(std::max(s.bytes.size(), s.position));
        return OPJ_TRUE;
    }
};

bool startsWith(std::span<const std::byte> bytes, std::initializer_list<unsigned> head) {
    std::size_t i = 0;
    return std::ranges::all_of(
        head, [&](unsigned b) { return i < bytes.size() && std::to_integer<unsigned>(bytes[i++]) == b; });
}

bool fitsFormat(const opj_image_t& image, const PixelFormat& format) {
    if (image.numcomps != static_cast<OPJ_UINT32>(format.samples)) {
        return false;
    }
    return std::ranges::all_of(std::span(image.comps, image.numcomps), [&](const opj_image_comp_t& c) {
        return c.data != nullptr && c.w == static_cast<OPJ_UINT32>(format.columns) &&
               c.h == static_cast<OPJ_UINT32>(format.rows) &&
               c.prec <= static_cast<OPJ_UINT32>(format.bitsAllocated);
    });
}

} // namespace

base::Expected<DecodedFrame> decodeJpeg2000(std::span<const std::byte> bytes, const PixelFormat& format) {
    const bool boxed = startsWith(bytes, {0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20});
    const Codec codec(opj_create_decompress(boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    const Stream stream(opj_stream_default_create(OPJ_TRUE));
    if (!codec || !stream) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    Source source{bytes, 0};
    opj_stream_set_user_data(stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(stream.get(), bytes.size());
    opj_stream_set_read_function(stream.get(), &Source::read);
    opj_stream_set_skip_function(stream.get(), &Source::skip);
    opj_stream_set_seek_function(stream.get(), &Source::seek);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t* raw = nullptr;
    const bool ready = opj_setup_decoder(codec.get(), &parameters) == OPJ_TRUE &&
                       opj_read_header(stream.get(), codec.get(), &raw) == OPJ_TRUE;
    const Image image(raw);
    // The header is compared before anything is allocated for it.
    if (!ready || !image || image->x1 - image->x0 != static_cast<OPJ_UINT32>(format.columns) ||
        image->y1 - image->y0 != static_cast<OPJ_UINT32>(format.rows)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (opj_decode(codec.get(), stream.get(), image.get()) != OPJ_TRUE || !fitsFormat(*image, format)) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    DecodedFrame out{format, {}};
    out.format.planar = false;
    // The codestream has undone its own colour transform.
    if (format.photometric == "YBR_RCT" || format.photometric == "YBR_ICT") {
        out.format.photometric = "RGB";
    }
    const auto bytesPerSample = static_cast<std::size_t>(format.bitsAllocated / 8);
    const std::size_t count =
        static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
    out.samples.resize(count * bytesPerSample * image->numcomps);
    for (std::size_t c = 0; c < image->numcomps; ++c) {
        const OPJ_INT32* data = image->comps[c].data;
        std::byte* to = out.samples.data() + c * bytesPerSample;
        for (std::size_t i = 0; i < count; ++i, to += bytesPerSample * image->numcomps) {
            const auto value = static_cast<std::uint32_t>(data[i]);
            for (std::size_t b = 0; b < bytesPerSample; ++b) {
                to[b] = static_cast<std::byte>(value >> (8 * b));
            }
        }
    }
    return out;
}

base::Expected<std::vector<std::byte>> encodeJpeg2000(std::span<const std::byte> samples,
                                                      const PixelFormat& format) {
    opj_cparameters_t parameters;
    opj_set_default_encoder_parameters(&parameters);
    parameters.tcp_numlayers = 1;
    parameters.tcp_rates[0] = 0; // reversible
    parameters.cp_disto_alloc = 1;
    parameters.irreversible = 0;
    // RGB is said of components that were not transformed (PS3.5 2024b 8.2.4).
    const bool transformed = format.photometric == "YBR_RCT" || format.photometric == "YBR_ICT";
    parameters.tcp_mct = format.samples == 3 && transformed ? 1 : 0;
    const std::int32_t smaller = std::min(format.rows, format.columns);
    while (parameters.numresolution > 1 && (smaller >> (parameters.numresolution - 1)) == 0) {
        --parameters.numresolution;
    }
    std::vector<opj_image_cmptparm_t> components(static_cast<std::size_t>(format.samples));
    for (auto& c : components) {
        c = {};
        c.dx = c.dy = 1;
        c.w = static_cast<OPJ_UINT32>(format.columns);
        c.h = static_cast<OPJ_UINT32>(format.rows);
        c.prec = static_cast<OPJ_UINT32>(format.bitsStored);
        c.sgnd = format.isSigned ? 1 : 0;
    }
    const Image image(opj_image_create(static_cast<OPJ_UINT32>(components.size()), components.data(),
                                       format.samples == 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY));
    const Codec codec(opj_create_compress(OPJ_CODEC_J2K));
    const Stream stream(opj_stream_default_create(OPJ_FALSE));
    if (!image || !codec || !stream) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    image->x1 = static_cast<OPJ_UINT32>(format.columns);
    image->y1 = static_cast<OPJ_UINT32>(format.rows);
    const auto bytesPerSample = static_cast<std::size_t>(format.bitsAllocated / 8);
    const std::size_t count =
        static_cast<std::size_t>(format.rows) * static_cast<std::size_t>(format.columns);
    const std::byte* from = samples.data();
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t c = 0; c < components.size(); ++c, from += bytesPerSample) {
            std::uint32_t value = 0;
            std::memcpy(&value, from, bytesPerSample);
            const int unused = 32 - format.bitsStored;
            const auto shifted = static_cast<std::int32_t>(value << unused);
            image->comps[c].data[i] =
                format.isSigned ? shifted >> unused : static_cast<std::int32_t>(value << unused >> unused);
        }
    }
    Sink sink;
    opj_stream_set_user_data(stream.get(), &sink, nullptr);
    opj_stream_set_write_function(stream.get(), &Sink::write);
    opj_stream_set_skip_function(stream.get(), &Sink::skip);
    opj_stream_set_seek_function(stream.get(), &Sink::seek);
    const bool done = opj_setup_encoder(codec.get(), &parameters, image.get()) == OPJ_TRUE &&
                      opj_start_compress(codec.get(), image.get(), stream.get()) == OPJ_TRUE &&
                      opj_encode(codec.get(), stream.get()) == OPJ_TRUE &&
                      opj_end_compress(codec.get(), stream.get()) == OPJ_TRUE;
    if (!done) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    return std::move(sink.bytes);
}

} // namespace kamei::intake::dicom
