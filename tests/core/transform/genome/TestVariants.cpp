#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <htslib/bgzf.h>
#include <htslib/vcf.h>

#include "core/detect/genome/Judge.h"
#include "core/intake/Shown.h"
#include "core/intake/genome/Inflate.h"
#include "tests/core/transform/RecordBench.h"

using namespace kamei;
using namespace std::string_literals;
using base::ErrorCode;
using detect::genome::Verdict;
using test::RecordBench;

namespace {

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

const std::string kColumns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t";

std::string header(const std::string& samples, const std::string& more = {}) {
    return "##fileformat=VCFv4.2\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n"
           "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n"
           "##contig=<ID=chr1,length=248956422>\n##contig=<ID=chr2,length=242193529>\n" +
           more + kColumns + samples + "\n";
}

std::string snp(int chromosome, long position, const std::string& info = "DP=30",
                const std::string& genotype = "0/1") {
    return "chr" + std::to_string(chromosome) + "\t" + std::to_string(position) + "\t.\tA\tG\t50\tPASS\t" +
           info + "\tGT\t" + genotype + "\n";
}

std::string snps(int count, long distance, const std::string& info = "DP=30",
                 const std::string& genotype = "0/1") {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += snp(1, 1000 + i * distance, info, genotype);
    }
    return out;
}

std::string strs(int count, int period) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += "chr2\t" + std::to_string(1000 + 500 * i) +
               "\t.\tAGATAGAT\tAGAT\t50\tPASS\tPERIOD=" + std::to_string(period) + "\tGT\t0/1\n";
    }
    return out;
}

/// As another program would write it, to a file.
std::string throughHtslib(const std::string& vcf, const char* mode) {
    QTemporaryDir folder;
    const std::string in = folder.filePath("in.vcf").toStdString();
    const std::string out = folder.filePath("out").toStdString();
    QFile file(QString::fromStdString(in));
    if (!file.open(QIODevice::WriteOnly) || file.write(vcf.data(), qint64(vcf.size())) < 0) {
        return {};
    }
    file.close();
    htsFile* from = hts_open(in.c_str(), "r");
    htsFile* to = hts_open(out.c_str(), mode);
    bcf_hdr_t* head = bcf_hdr_read(from);
    bcf1_t* record = bcf_init();
    bool good = bcf_hdr_write(to, head) == 0;
    while (good && bcf_read(from, head, record) == 0) {
        good = bcf_write(to, head, record) == 0;
    }
    bcf_destroy(record);
    bcf_hdr_destroy(head);
    hts_close(from);
    good = hts_close(to) == 0 && good;
    QFile result(QString::fromStdString(out));
    return good && result.open(QIODevice::ReadOnly) ? result.readAll().toStdString() : std::string();
}

void keepAll(std::vector<model::Finding>& findings) {
    for (model::Finding& finding : findings) {
        finding.state = model::DecisionState::Rejected;
    }
}
/// A person judges that it is no class 1 code; everything else as suggested.
void notClass1(std::vector<model::Finding>& findings) {
    for (model::Finding& finding : findings) {
        if (finding.rule == "genetic.class1") {
            finding.state = model::DecisionState::Rejected;
        }
    }
}

} // namespace

class TestVariants : public QObject {
    Q_OBJECT

private slots:
    void judgement_data() {
        QTest::addColumn<QByteArray>("records");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<qint64>("independent");
        const auto row = [](const char* name, const std::string& records, const char* verdict,
                            const char* reason, qint64 independent) {
            QTest::newRow(name) << QByteArray::fromStdString(records) << verdict << reason << independent;
        };
        row("4.5.2 40 SNPs apart", snps(40, 100'000), "class1", "independent-snps", 40);
        row("4.5.2 39 SNPs apart", snps(39, 100'000), "other", "few", 39);
        row("SNPs side by side are not independent", snps(39, 99), "other", "few", 1);
        row("40 SNPs of one gene: a person judges", snps(40, 99), "unclear", "many-snps", 1);
        row("another chromosome is independent", snps(20, 100'000) + snp(2, 5) + snp(2, 100'006), "other",
            "few", 22);
        row("r2 stated: not independent however far", snps(45, 200'000, "LDR=0.9"), "unclear", "many-snps",
            1);
        row("r2 stated: independent however near", snps(45, 10, "LDR=0.01"), "class1", "independent-snps",
            45);
        row("a missing genotype tells nothing", snps(60, 100'000, "DP=1", "./."), "other", "few", 0);
        row("insertions are no SNPs", "chr1\t5\t.\tA\tAT\t5\tPASS\tDP=1\tGT\t0/1\n", "other", "few", 0);
        row("4.5.2 9 loci of 4-base STR", strs(9, 4), "class1", "str-loci", 0);
        row("8 loci of 4-base STR", strs(8, 4), "other", "few", 0);
        row("9 loci of 2-base STR: a person judges", strs(9, 2), "unclear", "many-loci", 0);
        std::string repeats;
        std::string deletions;
        for (int i = 0; i < 9; ++i) {
            repeats += "chr1\t" + std::to_string(500 + 100 * i) +
                       "\t.\tGATAGATAGATAGATA\tGATAGATAGATA\t5\tPASS\tDP=1\tGT\t0/1\n";
        }
        for (int i = 0; i < 40; ++i) {
            deletions +=
                "chr1\t" + std::to_string(500 + 100'000 * i) + "\t.\tACG\tA\t5\tPASS\tDP=1\tGT\t0/1\n";
        }
        row("repeats of 4 bases by their bases", repeats, "class1", "str-loci", 0);
        row("40 variants that are no SNPs: a person judges", deletions, "unclear", "many-variants", 0);
        row("reference blocks of a genome", "chr1\t1\t.\tA\t<NON_REF>\t.\tPASS\tEND=3900000\tGT\t0/0\n",
            "class1", "reference-span", 39);
        row("reference blocks count as SNPs may lie in them",
            "chr1\t1\t.\tA\t<NON_REF>\t.\tPASS\tEND=9000000\tGT\t0/0\n", "class1", "independent-snps", 90);
    }
    void judgement() {
        QFETCH(QByteArray, records);
        QFETCH(QString, verdict);
        QFETCH(QString, reason);
        QFETCH(qint64, independent);
        const std::string ld =
            "##INFO=<ID=LDR,Number=1,Type=Float,Description=\"LD r2 with the site before\">\n";
        const std::string vcf = header("S1234", ld) + records.toStdString();
        const auto found = detect::genome::judge(vcf, true);
        QCOMPARE(QString::fromStdString(std::string(detect::genome::word(found.verdict))), verdict);
        QCOMPARE(QString::fromStdString(found.reason), reason);
        QCOMPARE(qint64(found.independent), independent);
        // As BCF and compressed it is the same file.
        if (verdict != "class1" || reason == "independent-snps") {
            const auto out =
                m_bench.run(throughHtslib(header("S1234", ld + "##INFO=<ID=PERIOD,Number=1,Type=Integer,"
                                                               "Description=\"p\">\n##INFO=<ID=END,Number=1,"
                                                               "Type=Integer,Description=\"e\">\n") +
                                              records.toStdString(),
                                          "wb"),
                            "bcf");
            QVERIFY(!out.error);
            QCOMPARE(out.find("genetic.class1") != nullptr, verdict != "other");
        }
    }

    void howItWasJudgedIsShown() {
        const auto out = m_bench.run(header("00458812") + snps(41, 100'000), "vcf");
        const auto* finding = out.find("genetic.class1");
        QVERIFY(finding != nullptr);
        QCOMPARE(finding->locator.kind, model::Locator::Kind::Asset);
        QCOMPARE(finding->category, model::Category::Code1);
        QCOMPARE(finding->requirement, model::Requirement::Required); // blocks until a person decides
        QCOMPARE(finding->suggested, model::Action::Delete);
        for (const char* part :
             {"\"independentSnps\":41", "\"independentLimit\":40", "\"independentBp\":100000",
              "\"reason\":\"independent-snps\"", "\"withLd\":0"}) {
            QVERIFY2(finding->detail.find(part) != std::string::npos, part);
        }
        QVERIFY(finding->text.find("41 ≥ 40") != std::string::npos);
    }

    void class1IsDeletedAndItsRecordStays() {
        const auto out = m_bench.run(header("00458812") + snps(41, 100'000), "vcf");
        QVERIFY(!out.error);
        QCOMPARE(out.extension, "txt"s);
        QCOMPARE(out.deletedUnder, "genetic.class1"s);
        QVERIFY(out.bytes.find("rule: genetic.class1") != std::string::npos);
        QVERIFY(out.bytes.find("independentSnps: 41") != std::string::npos);
        QVERIFY(out.bytes.find("chr1") == std::string::npos);
        QVERIFY(out.bytes.find("00458812") == std::string::npos);
        QVERIFY(out.name.starts_with(m_bench.subject().pseudonym) && out.name.ends_with("_deleted"));
        // A person who judges otherwise gets the processed file.
        const auto kept = m_bench.run(header("00458812") + snps(41, 100'000), "vcf", true, notClass1);
        QVERIFY(!kept.error);
        QCOMPARE(kept.extension, "vcf"s);
        QVERIFY(kept.bytes.find("00458812") == std::string::npos);
        QVERIFY(kept.deletedUnder.empty());
    }

    void sequences_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("extension");
        QTest::newRow("BAM") << QByteArray("BAM\1....") << "bam";
        QTest::newRow("CRAM") << QByteArray("CRAM\3....") << "cram";
        QTest::newRow("SAM") << QByteArray("@HD\tVN:1.6\n@RG\tID:1\tSM:00458812\n") << "sam";
        QTest::newRow("FASTQ") << QByteArray("@r1\nACGTACGTACGT\n+\nIIIIIIIIIIII\n") << "txt";
        QTest::newRow("FASTA") << QByteArray(">chr1\nACGTACGTACGTNNNN\n") << "fa";
        QTest::newRow("PLINK BED") << QByteArray("\x6C\x1B\x01\xFF") << "bed";
        QTest::newRow("ABIF") << QByteArray("ABIF\0\1....") << "ab1";
        QTest::newRow("genome-wide test for consumers")
            << QByteArray("# made by x\n# rsid\tchromosome\tposition\tgenotype\nrs1\t1\t5\tAG\n") << "txt";
    }
    void sequences() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, extension);
        const auto out = m_bench.run(bytes.toStdString(), extension.toStdString());
        QVERIFY(!out.error);
        QCOMPARE(out.description.kind, model::AssetKind::Genome);
        QVERIFY(out.find("genetic.class1") != nullptr);
        QCOMPARE(out.deletedUnder, "genetic.class1"s);
        QVERIFY(out.bytes.find("00458812") == std::string::npos);
        const auto kept = m_bench.run(bytes.toStdString(), extension.toStdString(), true, keepAll);
        QCOMPARE(kept.error->code, ErrorCode::NotPossible); // never copied through
    }

    void headerLines_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("after"); // empty: the line stays
        const auto row = [](const char* name, const char* line, const char* after) {
            QTest::newRow(name) << line << after;
        };
        row("command line", "##bcftools_viewCommand=view -s 00458812 /home/yamada/a.vcf",
            "##bcftools_viewCommand=.");
        row("a key that nobody knows", "##contact=Dr Morimoto, 03-1234-5678", "##contact=.");
        row("a key with attributes that nobody knows", "##Analyst=<ID=1,Name=\"Morimoto, H\">",
            "##Analyst=<ID=.,Name=\".\">");
        row("program", "##source=strelka-2.9", "");
        row("program with a path", "##source=/home/yamada/bin/call", "##source=.");
        row("folder of the reference", "##reference=file:///srv/minato/hg38.fa", "##reference=hg38.fa");
        row("reference by name", "##reference=GRCh38", "");
        row("metadata of a sample", "##SAMPLE=<ID=00458812,Disease=\"Marfan, known\",Description=\"Yamada\">",
            "##SAMPLE=<ID=S-0123456789AB,Disease=\".\",Description=\".\">");
        row("pedigree", "##PEDIGREE=<ID=00458812,Mother=mother>",
            "##PEDIGREE=<ID=S-0123456789AB,Mother=mother>");
        row("description", "##INFO=<ID=X1,Number=1,Type=String,Description=\"a \\\"b\\\", c\">", "");
        row("contig", "##contig=<ID=chr3,length=5,assembly=B36,species=\"Homo sapiens\">", "");
        row("contig with an address", "##contig=<ID=chr3,URL=http://minato.example.jp/x>",
            "##contig=<ID=chr3,URL=.>");
        row("no value", "##nothing", "##.");
    }
    void headerLines() {
        QFETCH(QString, line);
        QFETCH(QString, after);
        const std::string before =
            header("00458812", line.toStdString() + "\n") + snp(1, 5, "DP=458812") + snp(2, 9);
        const auto out = m_bench.run(before, "vcf");
        QVERIFY(!out.error);
        std::string expected = before;
        const std::string& now = after.isEmpty() ? line.toStdString() : after.toStdString();
        expected.replace(expected.find(line.toStdString()), line.toStdString().size(), now);
        expected.replace(expected.find("FORMAT\t00458812") + 7, 8, "S-0123456789AB");
        QCOMPARE(QString::fromStdString(out.bytes),
                 QString::fromStdString(expected)); // all else byte for byte
    }

    void datesMove() {
        const auto out = m_bench.run(header("00458812", "##fileDate=20240605\n") + snp(1, 5), "vcf");
        QVERIFY(out.find("physiology.examination-date") != nullptr);
        const auto moved =
            *transform::pseudonym::shiftDate("20240605", m_bench.key().dateShiftDays(m_bench.subject().key));
        QVERIFY(out.bytes.find("##fileDate=" + moved + "\n") != std::string::npos);
    }

    void samplesAreNamedAlikeEverywhere() {
        model::Subject other;
        other.hint.patientId = "00777001";
        other.key = "|00777001";
        other.pseudonym = "S-00000000BBBB";
        const std::string before =
            header("00458812\t00777001\tTUMOR\t00458812x", "##SAMPLE=<ID=00777001>\n") +
            "chr1\t5\t.\tA\tG\t5\tPASS\tDP=1;OWNER=00777001\tGT\t0/1\t0/1\t0/0\t1/1\n";
        const auto out = m_bench.run(before, "vcf", false, nullptr, {}, {m_bench.subject(), other});
        QVERIFY(!out.error);
        QCOMPARE(out.description.subjects.size(), std::size_t(3)); // TUMOR names nobody
        const std::string columns = out.bytes.substr(out.bytes.find("FORMAT\t") + 7, 80);
        QVERIFY2(columns.find("\tS-00000000BBBB\tTUMOR\tS-") != std::string::npos, columns.c_str());
        QVERIFY(out.bytes.find("##SAMPLE=<ID=S-00000000BBBB>") != std::string::npos);
        QVERIFY(out.bytes.find("OWNER=S-00000000BBBB") != std::string::npos);
        QVERIFY(out.bytes.find("00777001") == std::string::npos);
    }

    void wordsInRecords() {
        const std::string before =
            header("00458812", "##INFO=<ID=PATIENT_NAME,Number=1,Type=String,Description=\"x\">\n"
                               "##INFO=<ID=NOTE,Number=1,Type=String,Description=\"x\">\n") +
            snp(1, 458812, "PATIENT_NAME=Yamada;NOTE=山田太郎さんの家系;DP=3");
        const auto out =
            m_bench.run(before, "vcf", true, nullptr,
                        {{{}, "patient-name", "山田 太郎", {}, {}}, {{}, "patient-id", "458812", {}, {}}});
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("Yamada") == std::string::npos);
        QVERIFY(out.bytes.find("山田") == std::string::npos);
        QVERIFY(out.bytes.find("の家系;DP=3") != std::string::npos);
        QVERIFY(out.bytes.find("chr1\t458812\t") != std::string::npos); // a position is no number of a person
    }

    void containers_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("extension");
        QTest::newRow("bgzf") << "wz"
                              << "vcf";
        QTest::newRow("bcf") << "wb"
                             << "bcf";
        QTest::newRow("uncompressed bcf") << "wbu"
                                          << "bcf";
    }
    void containers() {
        QFETCH(QString, mode);
        QFETCH(QString, extension);
        const std::string vcf =
            header("00458812", "##contact=Dr Morimoto\n##INFO=<ID=AF,Number=1,Type=Float,Description=\"f\">\n"
                               "##INFO=<ID=NOTE,Number=1,Type=String,Description=\"x\">\n") +
            snp(1, 5, "DP=3;AF=0.123456789") + snp(1, 6, "NOTE=of_00458812") + snp(2, 7, "DP=4");
        const std::string before = throughHtslib(vcf, mode.toUtf8().constData());
        QVERIFY(!before.empty());
        const auto out = m_bench.run(before, mode == "wz" ? "gz" : "bcf");
        QVERIFY(!out.error);
        QCOMPARE(QString::fromStdString(out.extension), extension);
        for (const char* gone : {"00458812", "Morimoto"}) {
            QVERIFY2(out.bytes.find(gone) == std::string::npos, gone); // nothing of it is compressed
        }
        // htslib by itself, as an independent reader: record for record.
        const auto lines = [](const std::string& bytes) {
            return QString::fromStdString(throughHtslib(bytes, "w"))
                .split('\n')
                .filter(QRegularExpression("^chr"));
        };
        const QStringList was = lines(before);
        const QStringList is = lines(out.bytes);
        QCOMPARE(is.size(), 3);
        QCOMPARE(is[0], was[0]);
        QVERIFY(is[1].contains("NOTE=of_S-0123456789AB"));
        QCOMPARE(is[2], was[2]);
        const auto shown = intake::readShown(out.bytes, extension.toStdString());
        QVERIFY(shown.has_value());
        QVERIFY(shown->text().find("S-0123456789AB") != std::string::npos);
    }

    void tables_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("rule");
        const auto csv = [](int count, long distance) {
            QByteArray out("rsid,chromosome,position,genotype\n");
            for (int i = 0; i < count; ++i) {
                out += "rs" + QByteArray::number(1000 + i) + ",1," +
                       QByteArray::number(qint64(5 + i * distance)) + (i % 2 == 0 ? ",AG\n" : ",C/T\n");
            }
            return out;
        };
        QTest::newRow("4.5.2 40 independent SNPs in rows")
            << csv(40, 100'000).replace("rsid,chr", "snp,chr") << "genetic.class1";
        QTest::newRow("39 SNPs in rows")
            << csv(39, 100'000).replace("rsid,chr", "snp,chr") << "genetic.other";
        QByteArray wide("患者ID");
        QByteArray values("\n001");
        for (int i = 0; i < 41; ++i) {
            wide += ",rs" + QByteArray::number(500 + i);
            values += ",A/G";
        }
        QTest::newRow("SNPs as columns, no positions: a person judges") << wide + values + values + "\n"
                                                                        << "genetic.class1";
        QTest::newRow("4.5.2 9 STR markers as columns")
            << QByteArray("ID,D3S1358_1,D3S1358_2,vWA,FGA,D8S1179,D21S11,D18S51,D5S818,D13S317,D7S820\n"
                          "1,15,16,17,21,13,29,14,11,11,10\n2,15,16,17,21,13,29,14,11,11,10\n")
            << "genetic.class1";
        QTest::newRow("8 STR markers in rows")
            << QByteArray("marker,a1,a2\nD3S1358,15,16\nvWA,17,18\nFGA,21,22\nD8S1179,13,13\nD21S11,29,30\n"
                          "D18S51,14,15\nTH01,7,9\nTPOX,8,8\n")
            << "genetic.other";
        QTest::newRow("a table of a laboratory")
            << QByteArray("患者ID,WBC,RBC\n1,5.2,430\n2,6.1,440\n") << "";
    }
    void tables() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, rule);
        const auto out = m_bench.run(bytes.toStdString(), "csv");
        QVERIFY(!out.error);
        const auto finding = std::ranges::find_if(
            out.findings, [](const model::Finding& f) { return f.rule.starts_with("genetic."); });
        QCOMPARE(finding == out.findings.end() ? QString() : QString::fromStdString(finding->rule), rule);
        if (rule == "genetic.class1") {
            QCOMPARE(out.deletedUnder, "genetic.class1"s);
        }
    }

    void badInput_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const std::string& bytes, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(code);
        };
        const std::string bcf = throughHtslib(header("S1234") + snp(1, 5), "wbu");
        row("no column line", "##fileformat=VCFv4.2\nchr1\t5\n", ErrorCode::Malformed);
        row("columns not told apart", "##fileformat=VCFv4.2\n#CHROM POS ID\n", ErrorCode::Malformed);
        row("bcf header longer than the file", "BCF\2\2\xFF\xFF\xFF\x7F", ErrorCode::TooLarge);
        row("bcf header cut", bcf.substr(0, 40), ErrorCode::TooLarge);
        std::string hidden = bcf;
        hidden.insert(9 + hidden.substr(9).find('\0'), std::string("\0Yamada", 7));
        hidden[5] = static_cast<char>(hidden[5] + 7);
        row("text behind the end of a bcf header", hidden, ErrorCode::Malformed);
        std::string broken = bcf;
        broken[broken.size() - 3] = '\x7F';
        row("bcf record with a broken type", broken, ErrorCode::Malformed);
    }
    void badInput() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto out = m_bench.run(bytes.toStdString(), "vcf");
        QVERIFY(out.error.has_value());
        QCOMPARE(int(out.error->code), code);
    }

    void bombsAndCutFiles() {
        std::string big = header("00458812");
        while (big.size() < (33U << 20)) {
            big += "chr1\t5\t.\tA\tT\t5\tPASS\tNOTE=" + std::string(60'000, 'x') + "\tGT\t0/1\n";
        }
        const std::string packed = throughHtslib(big, "wz");
        const auto out = m_bench.run(packed, "gz");
        QVERIFY(!out.error);
        QVERIFY(out.find("genetic.class1")->detail.find("\"reason\":\"size\"") != std::string::npos);
        QCOMPARE(out.deletedUnder, "genetic.class1"s);
        QCOMPARE(m_bench.run(packed, "gz", true, notClass1).error->code, ErrorCode::NotPossible);
        QCOMPARE(m_bench.run(packed.substr(0, 3000), "gz").error->code, ErrorCode::Truncated);
        // A cut record of BCF is not passed over in silence.
        const std::string bcf = throughHtslib(header("S1234") + snp(1, 5) + snp(1, 9), "wbu");
        const auto cut = m_bench.run(bcf.substr(0, bcf.size() - 5), "bcf", true, notClass1);
        QCOMPARE(cut.error->code, ErrorCode::NotPossible);
    }

    void samplesOfOthers_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << QString();
        QDirIterator files(shared() + "/data/samples/vcf", QDir::Files, QDirIterator::Subdirectories);
        int number = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            QTest::newRow(qPrintable("sample " + QString::number(++number))) << path;
        }
    }
    void samplesOfOthers() {
        QFETCH(QString, path);
        if (path.isEmpty()) {
            if (!QDir(shared() + "/data/samples/vcf").exists()) {
                QSKIP("the shared samples are not here");
            }
            return;
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string before = file.readAll().toStdString();
        const auto kept = m_bench.run(before, path.endsWith("gz") ? "gz" : "vcf", true, keepAll);
        if (kept.error) {
            QVERIFY(kept.error->code == ErrorCode::Malformed ||
                    kept.error->code == ErrorCode::UnknownFormat ||
                    kept.error->code == ErrorCode::UnsupportedFormat);
            return;
        }
        if (RecordBench::recognise(before, "vcf")->id == "vcf" && !path.endsWith("gz")) {
            QVERIFY(kept.bytes == before);
        }
    }

private:
    RecordBench m_bench;
};

QTEST_GUILESS_MAIN(TestVariants)
#include "TestVariants.moc"
