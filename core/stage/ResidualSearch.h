#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/model/Review.h"
#include "core/model/Subject.h"
#include "core/transform/Transform.h"

namespace kamei::stage {

/// What kind of bytes is searched; short byte forms count only where they cannot be chance.
enum class Content {
    Binary, ///< DICOM, JPEG, PNG, TIFF: forms of 6 bytes and more; of 4 and 5 only amid printable text
    Text, ///< txt, csv, xml, json, vcf and all else: forms of 4 bytes and more, at character and word borders
};
/// From a file extension without dot; unknown ones are Text, where more counts.
[[nodiscard]] Content contentOf(std::string_view extension);

/// The attack on staged files: searches bytes for every identifier known of a subject,
/// in every spelling, as UTF-8, UTF-16LE, UTF-16BE, CP932, EUC-JP and ISO-2022-JP, Latin letters in any case.
/// Nothing is decoded and no structure is trusted: every byte of a file is looked at.
///
/// Where a form counts:
/// - in native pixel data from 8 bytes on and not as UTF-16, which rows of 16-bit values look like;
/// - elsewhere in binary files from 6 bytes on; 4 and 5 bytes (two kanji in JIS, short Latin words) only when
///   nearly all bytes around are printable; in text files from 4 bytes on;
/// - runs of digits only as a whole run: with zeros before, or joined to a date or time, but not inside
///   another number (a UID of 39 digits holds any 6-digit number by chance);
/// - a birth date on the first of a month is left out: it equals its own generalisation (Guideline 5.4.2);
/// - not where the match lies inside an allowed value (a pseudonym);
/// - not where as many are expected as there are: see Kept. Of a value that stands there more often every place
///   is told, since nothing says which of them nobody decided on.
/// Immutable after build, thread-safe.
class ResidualSearch {
    struct State;

public:
    /// A search for nothing.
    ResidualSearch();
    ~ResidualSearch();
    ResidualSearch(ResidualSearch&&) noexcept;
    ResidualSearch& operator=(ResidualSearch&&) noexcept;

    /// What people decided to leave in, and at how many places of one file it stands. Each known identifier that
    /// this search finds in the text, in whatever spelling, is expected once for each of the places.
    struct Kept {
        std::string text; ///< UTF-8
        std::uint64_t places = 1;
    };

    /// `known`: of the subject and of the cohort.
    /// `allowed`: values that Kamei itself writes (pseudonyms, tokens), UTF-8.
    /// Errors: UnsupportedEncoding when a converter is missing on this system.
    [[nodiscard]] static base::Expected<ResidualSearch> build(std::span<const model::KnownIdentifier> known,
                                                              std::span<const std::string> allowed = {},
                                                              std::span<const Kept> kept = {});

    /// Matches in order of offset, at most kMost; `native`: ranges of native pixels, in any order.
    [[nodiscard]] std::vector<model::Residual>
    search(std::span<const std::byte> data, Content content,
           std::span<const transform::Result::Range> native = {}) const;
    static constexpr std::size_t kMost = 1000;

    /// One file searched in pieces, so that its bytes are hashed and searched while they are in the cache.
    class Scan {
    public:
        /// `data` is the whole file and outlives the scan.
        Scan(const ResidualSearch& search, std::span<const std::byte> data, Content content,
             std::span<const transform::Result::Range> native);
        /// Probes the bytes before `end`; `end` only grows.
        void advanceTo(std::size_t end);
        /// Searches the rest and gives the matches.
        [[nodiscard]] std::vector<model::Residual> finish();

    private:
        struct Zone {
            std::size_t begin = 0;
            std::size_t end = 0;
            bool native = false;
        };
        struct Hit {
            std::size_t form = 0;
            std::size_t start = 0;
            std::size_t length = 0;
        };
        [[nodiscard]] bool inPixels(std::size_t start, std::size_t end) const;
        [[nodiscard]] bool counts(std::size_t form, std::size_t start);
        void look(std::size_t form, std::size_t start);
        /// Searches the rest. What lies wholly inside another match says nothing new and is left out.
        void searchRest();

        friend class ResidualSearch;
        const State& m_state;
        std::span<const std::byte> m_data;
        Content m_content;
        std::vector<Zone> m_zones;
        std::size_t m_zone = 0;
        std::size_t m_next = 0;
        int m_utf8 = -1; ///< whether the whole file is UTF-8; -1 not yet asked
        std::vector<Hit> m_hits;
    };

    /// Byte forms searched for.
    [[nodiscard]] std::size_t forms() const;
    /// Bytes of memory held.
    [[nodiscard]] std::size_t memory() const;

private:
    void expect(std::span<const Kept> kept);

    std::unique_ptr<State> m_state;
};

} // namespace kamei::stage
