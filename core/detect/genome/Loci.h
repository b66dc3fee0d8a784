#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/detect/genome/Judge.h"

namespace kamei::detect::genome {

/// Sites at which a person's bases are told, for counting those that are independent of each other.
class Loci {
public:
    /// `end` is the last base of a block of reference bases, else `position`; r2 with the site before, where
    /// stated.
    void add(std::string_view chromosome, std::int64_t position, std::int64_t end, std::optional<double> r2);
    /// Counts into independent, chromosomes, withLd; sites in any order.
    void count(Judgement& into);

private:
    struct Site {
        std::int64_t position = 0;
        std::int64_t end = 0;
        double r2 = -1;
    };
    std::map<std::string, std::vector<Site>, std::less<>> m_sites;
};

/// Names of STR markers of 4 bases used to tell persons apart: D3S1358, TH01, FGA ... (CODIS, ESS; Penta D
/// and E have 5 bases).
[[nodiscard]] bool isStrMarker(std::string_view name);

} // namespace kamei::detect::genome
