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

/// A codestream whose header is read, and compared before anything is allocated for it.
struct Reading {
    Codec codec;
    Stream stream;
    Image image;
};
bool begin(Reading& out, Source& source, std::uint32_t width, std::uint32_t height) {
    const bool boxed = startsWith(source.bytes, {0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20});
    out.codec.reset(opj_create_decompress(boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    out.stream.reset(opj_stream_default_create(OPJ_TRUE));
    if (!out.codec || !out.stream) {
        return false;
    }
    opj_stream_set_user_data(out.stream.get(), &source, nullptr);
    opj_stream_set_user_data_length(out.stream.get(), source.bytes.size());
    opj_stream_set_read_function(out.stream.get(), &Source::read);
    opj_stream_set_skip_function(out.stream.get(), &Source::skip);
    opj_stream_set_seek_function(out.stream.get(), &Source::seek);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t* raw = nullptr;
    const bool ready = opj_setup_decoder(out.codec.get(), &parameters) == OPJ_TRUE &&
                       opj_read_header(out.stream.get(), out.codec.get(), &raw) == OPJ_TRUE;
    out.image.reset(raw);
    return ready && out.image && out.image->x1 - out.image->x0 == width &&
           out.image->y1 - out.image->y0 == height;
}

/// Reversible, one layer, as many resolutions as the picture has.
opj_cparameters_t reversible(std::int32_t smallerSide) {
    opj_cparameters_t parameters;
    opj_set_default_encoder_parameters(&parameters);
    parameters.tcp_numlayers = 1;
    parameters.tcp_rates[0] = 0;
    parameters.cp_disto_alloc = 1;
    parameters.irreversible = 0;
    while (parameters.numresolution > 1 && (smallerSide >> (parameters.numresolution - 1)) == 0) {
        --parameters.numresolution;
    }
    return parameters;
}

base::Expected<std::vector<std::byte>> written(opj_cparameters_t& parameters, opj_image_t& image) {
    const Codec codec(opj_create_compress(OPJ_CODEC_J2K));
    const Stream stream(opj_stream_default_create(OPJ_FALSE));
    if (!codec || !stream) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    Sink sink;
    opj_stream_set_user_data(stream.get(), &sink, nullptr);
    opj_stream_set_write_function(stream.get(), &Sink::write);
    opj_stream_set_skip_function(stream.get(), &Sink::skip);
    opj_stream_set_seek_function(stream.get(), &Sink::seek);
    const bool done = opj_setup_encoder(codec.get(), &parameters, &image) == OPJ_TRUE &&
                      opj_start_compress(codec.get(), &image, stream.get()) == OPJ_TRUE &&
                      opj_encode(codec.get(), stream.get()) == OPJ_TRUE &&
                      opj_end_compress(codec.get(), stream.get()) == OPJ_TRUE;
    if (!done) {
        return base::fail(ErrorCode::NotPossible, kPlace);
    }
    return std::move(sink.bytes);
}

} // namespace

base::Expected<std::vector<Jpeg2000Plane>> decodeJpeg2000Planes(std::span<const std::byte> bytes,
                                                                std::uint32_t width, std::uint32_t height) {
    Source source{bytes, 0};
    Reading reading;
    if (!begin(reading, source, width, height) ||
        opj_decode(reading.codec.get(), reading.stream.get(), reading.image.get()) != OPJ_TRUE) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    std::vector<Jpeg2000Plane> out;
    for (const opj_image_comp_t& c : std::span(reading.image->comps, reading.image->numcomps)) {
        const bool whole =
            c.dx > 0 && c.dy > 0 && c.w == (width + c.dx - 1) / c.dx && c.h == (height + c.dy - 1) / c.dy;
        if (c.data == nullptr || !whole || c.prec == 0 || c.prec > 16) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        out.push_back({c.w, c.h, c.dx, c.dy, c.prec, c.sgnd != 0,
                       std::vector<std::int32_t>(c.data, c.data + std::size_t{c.w} * c.h)});
    }
    return out;
}

base::Expected<std::vector<std::byte>> encodeJpeg2000Planes(std::span<const Jpeg2000Plane> planes,
                                                            std::uint32_t width, std::uint32_t height) {
    std::vector<opj_image_cmptparm_t> components;
    std::uint32_t smaller = std::min(width, height);
    for (const Jpeg2000Plane& plane : planes) {
        opj_image_cmptparm_t c{};
        c.dx = plane.dx;
        c.dy = plane.dy;
        c.w = plane.width;
        c.h = plane.height;
        c.prec = plane.bits;
        c.sgnd = plane.isSigned ? 1 : 0;
        components.push_back(c);
        smaller = std::min({smaller, plane.width, plane.height});
    }
    opj_cparameters_t parameters = reversible(static_cast<std::int32_t>(smaller));
    parameters.tcp_mct = 0;
    const Image image(opj_image_create(static_cast<OPJ_UINT32>(components.size()), components.data(),
                                       OPJ_CLRSPC_UNSPECIFIED));
    if (!image) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    image->x1 = width;
    image->y1 = height;
    for (std::size_t c = 0; c < planes.size(); ++c) {
        std::ranges::copy(planes[c].values, image->comps[c].data);
    }
    return written(parameters, *image);
}

base::Expected<DecodedFrame> decodeJpeg2000(std::span<const std::byte> bytes, const PixelFormat& format) {
    Source source{bytes, 0};
    Reading reading;
    if (!begin(reading, source, static_cast<std::uint32_t>(format.columns),
               static_cast<std::uint32_t>(format.rows))) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    const Image& image = reading.image;
    if (opj_decode(reading.codec.get(), reading.stream.get(), image.get()) != OPJ_TRUE ||
        !fitsFormat(*image, format)) {
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
    opj_cparameters_t parameters = reversible(std::min(format.rows, format.columns));
    // RGB is said of components that were not transformed (PS3.5 2024b 8.2.4).
    const bool transformed = format.photometric == "YBR_RCT" || format.photometric == "YBR_ICT";
    parameters.tcp_mct = format.samples == 3 && transformed ? 1 : 0;
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
    if (!image) {
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
    return written(parameters, *image);
}

} // namespace kamei::intake::dicom
