#include "core/detect/genome/Judge.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "core/detect/genome/Loci.h"

namespace kamei::detect::genome {
namespace {

using namespace std::string_view_literals;

std::int64_t numberOf(std::string_view text, std::int64_t otherwise) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

std::string_view cut(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view out = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    return out;
}

/// Value of an INFO key; empty without one.
std::string_view infoValue(std::string_view info, std::string_view key) {
    while (!info.empty()) {
        std::string_view pair = cut(info, ';');
        if (cut(pair, '=') == key) {
            return pair;
        }
    }
    return {};
}

bool isBases(std::string_view allele) {
    return !allele.empty() && allele.find_first_not_of("ACGTNacgtn") == std::string_view::npos;
}

/// Length of the unit that bases repeat three times or more, nearly everywhere; 0 when they repeat none.
std::int64_t periodOf(std::string_view bases) {
    constexpr std::size_t kLongest = 6;
    constexpr double kAlike = 0.8; // a repeat may be interrupted
    for (std::size_t period = 1; period <= kLongest && bases.size() >= 3 * period; ++period) {
        std::size_t alike = 0;
        for (std::size_t i = period; i < bases.size(); ++i) {
            alike += (bases[i] | 0x20) == (bases[i - period] | 0x20) ? 1 : 0;
        }
        if (static_cast<double>(alike) >= kAlike * static_cast<double>(bases.size() - period)) {
            return static_cast<std::int64_t>(period);
        }
    }
    return 0;
}

/// Keys of ##INFO lines that state the r2 of linkage disequilibrium with the site before. Imputation programs
/// call the quality of their guess R2 as well: only the description tells.
std::string_view ldKeyOf(std::string_view line) {
    if (!line.starts_with("##INFO=<ID=") || line.find("Type=Float") == std::string_view::npos ||
        (line.find("inkage disequilibrium") == std::string_view::npos &&
         line.find("LD r2") == std::string_view::npos)) {
        return {};
    }
    std::string_view rest = line.substr(std::string_view("##INFO=<ID=").size());
    return cut(rest, ',');
}

class Reader {
public:
    Judgement read(std::string_view vcf, bool whole) {
        while (!vcf.empty()) {
            std::string_view line = cut(vcf, '\n');
            if (line.ends_with('\r')) {
                line.remove_suffix(1);
            }
            if (line.starts_with('#')) {
                if (const std::string_view key = ldKeyOf(line); !key.empty()) {
                    m_ldKeys.emplace(key);
                }
            } else if (!line.empty()) {
                record(line);
            }
        }
        m_loci.count(m_out);
        Judgement all;
        m_all.count(all);
        m_out.variants = all.independent;
        conclude(m_out);
        if (!whole && m_out.verdict != Verdict::Class1) {
            m_out.verdict = Verdict::Class1;
            m_out.reason = "size";
        }
        return m_out;
    }

private:
    struct Fields {
        std::string_view chromosome, id, reference, alternatives, info, format, samples;
        std::int64_t position = 0;
    };

    void record(std::string_view line) {
        ++m_out.records;
        Fields f;
        f.chromosome = cut(line, '\t');
        f.position = numberOf(cut(line, '\t'), 0);
        f.id = cut(line, '\t');
        f.reference = cut(line, '\t');
        f.alternatives = cut(line, '\t');
        (void)cut(line, '\t'); // quality
        (void)cut(line, '\t'); // filter
        f.info = cut(line, '\t');
        f.format = cut(line, '\t');
        f.samples = line;
        if (!told(f.format, f.samples)) {
            return;
        }
        m_all.add(f.chromosome, f.position, f.position, std::nullopt);
        if (!repeat(f)) {
            site(f);
        }
    }

    /// Whether the record tells anything of anybody: a genotype that is not missing, or no genotypes at all
    /// (the variants alone are then somebody's).
    static bool told(std::string_view format, std::string_view samples) {
        if (samples.empty() || cut(format, ':') != "GT") {
            return true;
        }
        while (!samples.empty()) {
            std::string_view sample = cut(samples, '\t');
            if (cut(sample, ':').find_first_of("0123456789") != std::string_view::npos) {
                return true;
            }
        }
        return false;
    }

    bool repeat(const Fields& f) {
        std::int64_t period = numberOf(infoValue(f.info, "PERIOD"), 0);
        for (const std::string_view key : {"RU"sv, "MOTIF"sv, "MOTIFS"sv, "REPUNIT"sv}) {
            if (std::string_view unit = infoValue(f.info, key); period == 0 && !unit.empty()) {
                period = static_cast<std::int64_t>(cut(unit, ',').size());
            }
        }
        if (period == 0 && isStrMarker(f.id)) {
            period = 4;
        }
        if (period == 0 && changesLength(f)) {
            period = periodOf(f.reference); // programs do not always state it
        }
        if (period == 0) {
            return false;
        }
        ++(period == 4 ? m_out.strLoci : m_out.otherLoci);
        return true;
    }

    /// Whether an allele is longer or shorter than the reference, as those of a repeat are.
    static bool changesLength(const Fields& f) {
        std::string_view alternatives = f.alternatives;
        while (!alternatives.empty()) {
            const std::string_view one = cut(alternatives, ',');
            if (one.starts_with("<STR") || (isBases(one) && one.size() != f.reference.size())) {
                return true;
            }
        }
        return false;
    }

    void site(const Fields& f) {
        std::string_view alternatives = f.alternatives;
        bool same = isBases(f.reference);
        bool reference = true;
        while (!alternatives.empty()) {
            const std::string_view one = cut(alternatives, ',');
            const bool symbolic = one == "." || one == "*" || one.starts_with('<');
            reference = reference && symbolic;
            // Several bases for as many are SNPs beside each other.
            same = same && (symbolic || (isBases(one) && one.size() == f.reference.size()));
        }
        if (!same) {
            return; // insertions, deletions, structural variants
        }
        std::int64_t end = f.position;
        if (reference) {
            end = std::max(numberOf(infoValue(f.info, "END"), f.position), f.position);
            // A chromosome has some 250 million bases: what is beyond is no position.
            end = std::min(end, f.position + 300'000'000);
            m_out.referenceBp += end - f.position + 1;
        } else {
            ++m_out.snps;
        }
        m_loci.add(f.chromosome, f.position, end, r2Of(f.info));
    }

    std::optional<double> r2Of(std::string_view info) const {
        for (const std::string& key : m_ldKeys) {
            std::string_view text = infoValue(info, key);
            text = cut(text, ',');
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (!text.empty() && error == std::errc() && end == text.data() + text.size() && value >= 0 &&
                value <= 1) {
                return value;
            }
        }
        return std::nullopt;
    }

    Judgement m_out;
    Loci m_loci;
    Loci m_all; ///< variants of every kind
    std::set<std::string, std::less<>> m_ldKeys;
};

} // namespace

void conclude(Judgement& j) {
    const auto say = [&j](Verdict verdict, std::string_view reason) {
        j.verdict = verdict;
        j.reason = reason;
    };
    if (j.independent >= kSnpLimit) {
        say(Verdict::Class1, "independent-snps");
    } else if (j.strLoci >= kStrLimit) {
        say(Verdict::Class1, "str-loci");
    } else if (j.referenceBp >= kReferenceBp) {
        say(Verdict::Class1, "reference-span");
    } else if (j.snps + j.referenceBp >= kSnpLimit) {
        say(Verdict::Unclear, "many-snps");
    } else if (j.strLoci + j.otherLoci >= kStrLimit) {
        say(Verdict::Unclear, "many-loci");
    } else if (j.variants >= kSnpLimit) {
        say(Verdict::Unclear, "many-variants");
    } else {
        say(Verdict::Other, "few");
    }
}

Judgement judge(std::string_view vcf, bool whole) {
    return Reader().read(vcf, whole);
}

Judgement sequenceData() {
    Judgement out;
    out.verdict = Verdict::Class1;
    out.reason = "sequence-data";
    return out;
}

std::string_view word(Verdict verdict) {
    switch (verdict) {
    case Verdict::Class1:
        return "class1";
    case Verdict::Unclear:
        return "unclear";
    case Verdict::Other:
        break;
    }
    return "other";
}

std::string toJson(const Judgement& j) {
    return nlohmann::ordered_json{{"judgement",
                                   {{"verdict", word(j.verdict)},
                                    {"reason", j.reason},
                                    {"records", j.records},
                                    {"snps", j.snps},
                                    {"independentSnps", j.independent},
                                    {"independentLimit", kSnpLimit},
                                    {"independentBp", kIndependentBp},
                                    {"chromosomes", j.chromosomes},
                                    {"withLd", j.withLd},
                                    {"strLoci", j.strLoci},
                                    {"strLimit", kStrLimit},
                                    {"otherLoci", j.otherLoci},
                                    {"independentVariants", j.variants},
                                    {"referenceBp", j.referenceBp}}}}
        .dump();
}

std::string summary(const Judgement& j) {
    if (j.reason == "sequence-data") {
        return "配列データ / sequence data";
    }
    const auto against = [](std::int64_t count, std::int64_t limit) {
        return std::to_string(count) + (count >= limit ? " ≥ " : " < ") + std::to_string(limit);
    };
    return "独立なSNP / independent SNPs: " + against(j.independent, kSnpLimit) + " (SNP " +
           std::to_string(j.snps) + ", 染色体 / chromosomes " + std::to_string(j.chromosomes) + ", ≥ " +
           std::to_string(kIndependentBp / 1000) + " kb" +
           (j.withLd > 0 ? ", LD r² " + std::to_string(j.withLd) : std::string()) +
           "); 4塩基STR / 4-base STR: " + against(j.strLoci, kStrLimit);
}

} // namespace kamei::detect::genome
