// Recordings and genes, by their content.
#include <algorithm>
#include <array>
#include <cctype>

#include "core/intake/Recognise.h"
#include "core/intake/genome/Inflate.h"

namespace kamei::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPeek = 4096;

/// The head, or what stands at the beginning of a gzip or BGZF file.
std::string headOf(const Sample& sample) {
    const std::string_view head(reinterpret_cast<const char*>(sample.head.data()), sample.head.size());
    return genome::isGzip(head) ? genome::peek(head, kPeek) : std::string(head);
}

std::string_view lineAt(std::string_view text, std::size_t number) {
    for (; number > 0 && !text.empty(); --number) {
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    std::string_view line = text.substr(0, text.find('\n'));
    while (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    return line;
}

bool isSequence(std::string_view line) {
    return line.size() >= 10 && line.find_first_not_of("ACGTUNacgtun-*.") == std::string_view::npos;
}

/// Four lines a read: @name, bases, +, qualities.
bool isFastq(std::string_view head) {
    return head.starts_with('@') && isSequence(lineAt(head, 1)) && lineAt(head, 2).starts_with('+');
}
bool isFasta(std::string_view head) {
    return head.starts_with('>') && isSequence(lineAt(head, 1));
}
bool isSam(std::string_view head) {
    return head.starts_with("@HD\tVN:") || head.starts_with("@SQ\tSN:") || head.starts_with("@RG\tID:") ||
           head.starts_with("@PG\tID:");
}

/// Raw data of genome-wide tests for consumers: comments, then rsid, chromosome, position, genotype.
bool isConsumerArray(std::string_view head) {
    for (std::size_t at = 0; at < head.size();) {
        const std::size_t end = std::min(head.find('\n', at), head.size());
        std::string line(head.substr(at, end - at));
        std::erase_if(line, [](char c) { return c == '"' || c == '#' || c == ' ' || c == '\r'; });
        std::ranges::transform(line, line.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (line.starts_with("rsid\tchromosome\tposition") || line.starts_with("rsid,chromosome,position")) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) {
        value = (value << 8) | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return value;
}

} // namespace

bool looksLikeVcf(const Sample& sample) {
    return headOf(sample).starts_with("##fileformat=VCF");
}
bool looksLikeNifti(const Sample& sample) {
    const std::string head = headOf(sample); // plain or inflated
    const std::string_view text = head;
    const std::string_view first = text.size() >= 348 ? text.substr(344, 4) : std::string_view();
    const std::string_view second = text.size() >= 12 ? text.substr(4, 8) : std::string_view();
    return first == "n+1\0"sv || first == "ni1\0"sv || second == "n+2\0\r\n\x1A\n"sv ||
           second == "ni2\0\r\n\x1A\n"sv;
}

bool looksLikeBcf(const Sample& sample) {
    return headOf(sample).starts_with("BCF\2");
}
bool looksLikeSequences(const Sample& sample) {
    const std::string head = headOf(sample);
    // BAM, CRAM 3 (hts-specs); BED and PGEN of PLINK; BGEN; ABIF of capillary sequencers.
    static constexpr std::array kMagics{"BAM\1"sv,        "CRAM"sv,         "\x6C\x1B\x01"sv,
                                        "\x6C\x1B\x10"sv, "\x6C\x1B\x11"sv, "ABIF"sv};
    const bool magic =
        std::ranges::any_of(kMagics, [&](std::string_view one) { return head.starts_with(one); });
    const bool bgen = head.size() > 20 && head.substr(16, 4) == "bgen";
    return magic || bgen || isSam(head) || isFastq(head) || isFasta(head) || isConsumerArray(head);
}

bool looksLikeEdf(const Sample& sample) {
    // EDF: version "0" and 7 spaces; BDF: 0xFF "BIOSEMI". Then 160 characters on patient and recording.
    const std::string head = headOf(sample);
    return (head.starts_with("0       ") && sample.size >= 256 && head.size() >= 256 && head[170] == '.' &&
            head[173] == '.') ||
           head.starts_with("\xFF"
                            "BIOSEMI"sv);
}
bool looksLikeScpEcg(const Sample& sample) {
    const std::string head = headOf(sample);
    if (head.size() < 24) {
        return false;
    }
    // ISO 11073-91064, 5.2: checksum and size, then section 0, which names itself; older devices leave the
    // name out.
    const bool section = number(head, 8, 2) == 0 && number(head, 10, 4) >= 24 &&
                         number(head, 10, 4) <= sample.size && head[14] >= 10 && head[14] <= 30;
    return head.substr(16, 6) == "SCPECG" || (sample.extension == "scp" && section);
}
bool looksLikeMfer(const Sample& sample) {
    const std::string head = headOf(sample);
    // The preamble tag 0x40 with "MFR " (MFER Part I, 5.1).
    return head.starts_with("\x40\x20MFR ") || (sample.extension == "mwf" && head.starts_with('\x40'));
}
bool looksLikeNihonKohden(const Sample& sample) {
    // Every file of a set names the device at its beginning and again at 0x81; montages and electrodes are
    // INI text.
    const std::string head = headOf(sample);
    constexpr std::size_t kAgain = 0x81;
    const std::string_view name = std::string_view(head).substr(0, 6);
    const bool device = name.starts_with("EEG-") || name.starts_with("QI-40") || name.starts_with("DAE-2");
    const bool list = sample.extension == "21e" || sample.extension == "11d";
    return (device && head.size() > kAgain + 6 && head.substr(kAgain, 4) == head.substr(0, 4)) ||
           (list && head.starts_with('['));
}

} // namespace kamei::intake
