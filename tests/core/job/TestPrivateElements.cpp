// Private elements over a workspace: what is there per device, one decision for all its series, its undoing,
// and what the written files hold (PS3.15 2024b E.3.10; Guideline 5.4.2).

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <bit>
#include <fstream>

#include "core/decide/Policies.h"
#include "core/intake/dicom/Instance.h"
#include "core/job/Job.h"
#include "core/job/PrivateElements.h"
#include "tests/core/intake/dicom/DicomBytes.h"

using namespace kamei;
using intake::dicom::Instance;
using model::Action;
using model::DecisionState;
using test::DicomBytes;

namespace {

base::NoProgress noProgress;
constexpr const char* kOwner = "UNHEARD OF MR 1.0";

std::string bytesOfDouble(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    std::string out(8, '\0');
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<char>(bits >> (8 * i));
    }
    return out;
}

/// An instance of a fictional person. Private: a b-value, a text, a date, a UID, a name, bytes.
std::string instance(const char* software, int series, int number, const char* text = "SHORT AXIS") {
    const std::string uid = "1.2.392.999." + std::to_string(series);
    DicomBytes out;
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4");
    out.element(0x00080018, "UI", uid + "." + std::to_string(number)).element(0x00080020, "DA", "20240311");
    out.element(0x00080060, "CS", "MR")
        .element(0x00080070, "LO", "ACME")
        .element(0x00081090, "LO", "Tesla 9");
    out.element(0x00100010, "PN", "ENOMOTO^SHUHEI=榎本^周平").element(0x00100020, "LO", "0047731");
    out.element(0x00181020, "LO", software).element(0x0020000D, "UI", "1.2.392.999");
    out.element(0x0020000E, "UI", uid).element(0x00200013, "IS", std::to_string(number));
    out.element(0x00290010, "LO", kOwner)
        .element(0x00291001, "FD", bytesOfDouble(number * 500.0))
        .element(0x00291002, "LO", text)
        .element(0x00291003, "DA", "20240311")
        .element(0x00291004, "UI", uid + ".77")
        .element(0x00291005, "PN", "ENOMOTO^SHUHEI")
        .element(0x00291006, "OB", std::string("\x01\x02\x03\x04", 4))
        .element(0x00291007, "OB", std::string("\x01\x02") + "0047731 ENOMOTO SHUHEI" + '\0');
    return out.file();
}

} // namespace

class TestPrivateElements : public QObject {
    Q_OBJECT

private slots:
    void init();
    void listedByDevice();
    void implicitVrIsUnderstoodByTheDictionary();
    void textAmongNumbersGoes_data();
    void textAmongNumbersGoes();
    void oneDecisionForTheDevice();
    void otherSoftwareIsAnotherDevice();
    void unreadTextIsNotWritten();
    void identifiersInKeptValuesGo();
    void removalWithdrawsWhatTheTableKeeps();
    void undoPutsEverythingBack();
    void decisionsOfPersonsStay();
    void nothingIsKeptWithoutTheOption();
    void onlyWhatIsConcernedIsExaminedAgain();

private:
    void add(const std::string& name, const std::string& bytes);
    void run(std::unique_ptr<job::Job> job);
    void importAndDetect();
    void detect() { run(job::detectJob(m_session, {})); }
    [[nodiscard]] std::vector<job::PrivateElement> elements() const;
    [[nodiscard]] job::PrivateElement element(std::uint8_t low, const std::string& software) const;
    [[nodiscard]] model::Policy policy() const { return m_session->info()->policy; }
    model::Policy keeping(std::uint8_t low, const std::string& software = "V1") const;
    decide::Edit must(const model::Policy& policy);
    [[nodiscard]] std::vector<model::Finding> findingsOn(std::string_view path) const;
    /// The staged file of the first asset whose device runs `software`.
    std::string staged(const std::string& software);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<job::Session> m_session;
};

void TestPrivateElements::init() {
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QDir(m_folder->path()).mkdir("in");
    m_session = job::Session::create(m_folder->filePath("ws").toStdString(),
                                     {"t", "p", *decide::policyFromText("guideline-2024")})
                    .value();
}

void TestPrivateElements::add(const std::string& name, const std::string& bytes) {
    std::ofstream(m_folder->filePath("in/" + QString::fromStdString(name)).toStdString(), std::ios::binary)
        << bytes;
}

void TestPrivateElements::run(std::unique_ptr<job::Job> job) {
    QVERIFY(job->run({}, noProgress).has_value());
}

void TestPrivateElements::importAndDetect() {
    job::ImportSpec spec;
    spec.paths = {m_folder->filePath("in").toStdString()};
    run(job::importJob(m_session, spec));
    detect();
}

std::vector<job::PrivateElement> TestPrivateElements::elements() const {
    return job::privateElements(*m_session).value();
}

job::PrivateElement TestPrivateElements::element(std::uint8_t low, const std::string& software) const {
    for (const auto& row : elements()) {
        if (row.element == low && row.device.softwareVersion == software) {
            return row;
        }
    }
    return {};
}

model::Policy TestPrivateElements::keeping(std::uint8_t low, const std::string& software) const {
    model::Policy out = policy();
    decide::putPrivateRule(out,
                           {kOwner, 0x0029, low, {"ACME", "Tesla 9", software}, true, "b-values, no person"});
    return out;
}

decide::Edit TestPrivateElements::must(const model::Policy& policy) {
    auto done = m_session->apply(decide::SetPolicy{policy, {}}, "me");
    if (!done) {
        qWarning() << base::errorWord(done.error().code).data();
    }
    return done ? *done : decide::Edit{decide::Decide{}};
}

std::vector<model::Finding> TestPrivateElements::findingsOn(std::string_view path) const {
    std::vector<model::Finding> out = m_session->findings({}).value();
    std::erase_if(out, [&](const model::Finding& f) { return f.locator.path != path; });
    return out;
}

std::string TestPrivateElements::staged(const std::string& software) {
    run(job::stageJob(m_session, {}));
    const auto assets = m_session->assets({}).value();
    for (const auto& row : assets) {
        const auto sources = m_session->sources(row.asset.id).value();
        const auto files = m_session->staged(row.asset.id).value();
        if (files.empty() || sources.empty()) {
            continue;
        }
        const auto source = Instance::open(sources.front().path);
        if (!source || source->text(intake::dicom::tags::SoftwareVersions) != software) {
            continue;
        }
        std::ifstream in(m_session->folder() / files.front().path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    return {};
}

void TestPrivateElements::listedByDevice() {
    add("a1", instance("V1", 1, 1));
    add("a2", instance("V1", 1, 2));
    add("b1", instance("V1", 2, 1));
    add("c1", instance("V2", 3, 1));
    importAndDetect();
    QCOMPARE(elements().size(), std::size_t{14}); // seven of two devices
    const auto row = element(0x01, "V1");
    QCOMPARE(row.device.manufacturer, std::string("ACME"));
    QCOMPARE(row.device.model, std::string("Tesla 9"));
    QCOMPARE(row.creator, std::string(kOwner));
    QCOMPARE(row.place, std::string("(0029,xx01)"));
    QCOMPARE(row.vr, std::string("FD"));
    QCOMPARE(row.series, std::int64_t{2});
    QCOMPARE(row.instances, std::int64_t{3});
    QCOMPARE(row.distinct, std::int64_t{2});
    QVERIFY(!row.distinctAtLeast && !row.safeListed && !row.rule);
    QCOMPARE(row.examples, (std::vector<std::string>{"500", "1000"}));
    QCOMPARE(row.removed, std::int64_t{2});
    QCOMPARE(element(0x06, "V2").examples, std::vector<std::string>{"4 bytes"});
}

void TestPrivateElements::implicitVrIsUnderstoodByTheDictionary() {
    DicomBytes out(false);
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4").element(0x00080018, "UI", "1.2.392.999.8.1");
    out.element(0x00080060, "CS", "MR").element(0x00080070, "LO", "SIEMENS");
    out.element(0x0020000E, "UI", "1.2.392.999.8").element(0x00190010, "LO", "SIEMENS MR HEADER");
    out.element(0x0019100C, "IS", "1000").element(0x0019100E, "FD", bytesOfDouble(0.5));
    add("s", out.file("1.2.840.10008.1.2")); // read as UN
    importAndDetect();
    const auto rows = elements();
    QCOMPARE(rows.size(), std::size_t{2});
    QCOMPARE(rows[0].vr, std::string("IS"));
    QCOMPARE(rows[0].name, std::string("B Value"));
    QVERIFY(rows[0].safeListed && rows[0].diffusion && rows[0].kept == 1);
    QCOMPARE(rows[0].examples, std::vector<std::string>{"1000"});
    QCOMPARE(rows[1].examples, std::vector<std::string>{"0.5"});
    const std::string bytes = staged("");
    const auto written = Instance::ofMemory(std::as_bytes(std::span(bytes.data(), bytes.size())));
    QCOMPARE(written->text(0x0019100C), std::string_view("1000"));
}

void TestPrivateElements::textAmongNumbersGoes_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("kept");
    const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
    QTest::newRow("numbers") << bytes(std::string("\x9A\x99\x99\x3E\0\0\x80\x3F", 8)) << true;
    QTest::newRow("numbers that read as capitals") << bytes("ABAB") << true;
    QTest::newRow("a known name") << bytes("B 1000 ENOMOTO^SHUHEI   ") << false;
    QTest::newRow("a known number") << bytes(std::string("\0\0\0\0", 4) + "0047731 ") << false;
    QTest::newRow("words of nobody known") << bytes("READ BY SOMEBODY") << false;
    QTest::newRow("a name in UTF-8") << bytes("榎本周平") << false;
    QTest::newRow("a UID") << bytes("1.2.392.999.1.77") << false;
}

/// A dictionary may know an element as numbers that a writer fills with text (Table E.3.10-1 keeps it).
void TestPrivateElements::textAmongNumbersGoes() {
    QFETCH(QByteArray, value);
    QFETCH(bool, kept);
    DicomBytes out(false);
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2");
    out.element(0x00080018, "UI", "1.2.392.999.8.1").element(0x00080060, "CS", "CT");
    out.element(0x00100010, "PN", "ENOMOTO^SHUHEI=榎本^周平").element(0x00100020, "LO", "0047731");
    out.element(0x0020000E, "UI", "1.2.392.999.8");
    out.element(0x02990010, "LO", "NQRight").element(0x02991016, "FL", value.toStdString());
    add("s", out.file("1.2.840.10008.1.2"));
    importAndDetect();
    QVERIFY(elements().front().safeListed);
    QCOMPARE(elements().front().vr, std::string("FL"));
    QCOMPARE(elements().front().kept, std::int64_t{kept ? 1 : 0});
    QCOMPARE(staged("").find(value.toStdString()) != std::string::npos, kept);
}

void TestPrivateElements::oneDecisionForTheDevice() {
    add("a1", instance("V1", 1, 1));
    add("b1", instance("V1", 2, 1));
    importAndDetect();
    model::Policy both = keeping(0x01);
    both.privateRules.push_back(keeping(0x03).privateRules.front());
    static_cast<void>(must(both));
    for (const auto& f : findingsOn("(0029,1003)")) { // a date
        QVERIFY(f.state == DecisionState::Changed && f.action == Action::Shift);
        QCOMPARE(f.reason, std::string("b-values, no person"));
        QCOMPARE(f.decidedBy, std::string("me"));
    }
    for (const auto& f : findingsOn("(0029,1001)")) { // numbers: whether they are such is looked at first
        QVERIFY(f.state == DecisionState::Open && f.suggested == Action::Delete);
    }
    QCOMPARE(m_session->audit({})->front().event, std::string("policy.changed"));
    QVERIFY(m_session->audit({})->front().details.find(kOwner) == std::string::npos);
    detect();
    for (const auto& f : findingsOn("(0029,1001)")) {
        QVERIFY(f.state == DecisionState::Accepted && f.suggested == Action::Keep);
        QCOMPARE(f.reason, std::string("b-values, no person"));
    }
    for (const auto& f : findingsOn("(0029,1003)")) {
        QVERIFY(f.state == DecisionState::Accepted && f.suggested == Action::Shift);
        QCOMPARE(f.decidedBy, std::string("me"));
    }
    QCOMPARE(element(0x01, "V1").kept, std::int64_t{2});
    QCOMPARE(element(0x01, "V1").open, std::int64_t{0});
    QVERIFY(element(0x01, "V1").rule.has_value());
    // A series that comes later is decided on by the list too.
    add("d1", instance("V1", 4, 1));
    importAndDetect();
    QCOMPARE(element(0x01, "V1").kept, std::int64_t{3});
    QCOMPARE(element(0x01, "V1").open, std::int64_t{0});
    const std::string bytes = staged("V1");
    const auto written = Instance::ofMemory(std::as_bytes(std::span(bytes.data(), bytes.size())));
    QCOMPARE(written->text(0x00290010), std::string_view(kOwner));
    QCOMPARE(*written->decimal(0x00200013), 1.0);
    QVERIFY(written->find(0x00291001) != nullptr);
    QVERIFY(written->find(0x00291002) == nullptr && written->find(0x00291007) == nullptr);
}

void TestPrivateElements::otherSoftwareIsAnotherDevice() {
    add("a1", instance("V1", 1, 1));
    add("c1", instance("V2", 3, 1));
    importAndDetect();
    static_cast<void>(must(keeping(0x01)));
    detect();
    QCOMPARE(element(0x01, "V1").kept, std::int64_t{1});
    QCOMPARE(element(0x01, "V2").removed, std::int64_t{1});
    QVERIFY(staged("V2").find(kOwner) == std::string::npos);
    // A rule that names no software holds for every one.
    static_cast<void>(must(keeping(0x01, "")));
    detect();
    QCOMPARE(element(0x01, "V2").kept, std::int64_t{1});
}

void TestPrivateElements::unreadTextIsNotWritten() {
    add("a1", instance("V1", 1, 1));
    importAndDetect();
    static_cast<void>(must(keeping(0x02)));
    // Decided, but no detector has read the text yet.
    QVERIFY(staged("V1").find("SHORT AXIS") == std::string::npos);
    detect();
    QVERIFY(staged("V1").find("SHORT AXIS") != std::string::npos);
}

void TestPrivateElements::identifiersInKeptValuesGo() {
    add("a1", instance("V1", 1, 1, "SHORT AXIS 榎本周平"));
    importAndDetect();
    model::Policy all = policy();
    for (std::uint8_t low = 1; low <= 7; ++low) {
        decide::putPrivateRule(all, {kOwner, 0x0029, low, {}, true, "judged harmless"});
    }
    static_cast<void>(must(all));
    detect();
    const auto stateOf = [&](const char* path) { return findingsOn(path).front(); };
    QVERIFY(stateOf("(0029,1001)").action == Action::Keep);
    QVERIFY(stateOf("(0029,1002)").action == Action::Clean);
    QVERIFY(stateOf("(0029,1003)").action == Action::Shift);
    QVERIFY(stateOf("(0029,1004)").action == Action::Replace);
    QVERIFY(stateOf("(0029,1006)").action == Action::Keep);
    // A name, and bytes in which one stands: the list does not decide, a person looks.
    for (const char* path : {"(0029,1005)", "(0029,1007)"}) {
        QVERIFY(stateOf(path).suggested == Action::Delete);
        QVERIFY(stateOf(path).state == DecisionState::Open);
    }
    const std::string bytes = staged("V1");
    const auto written = Instance::ofMemory(std::as_bytes(std::span(bytes.data(), bytes.size())));
    QVERIFY(written->text(0x00291002).starts_with("SHORT AXIS"));
    QVERIFY(written->text(0x00291003) != "20240311" && written->text(0x00291003).size() == 8);
    QVERIFY(written->text(0x00291004).starts_with("2.25."));
    QVERIFY(written->find(0x00291006) != nullptr);
    QVERIFY(written->find(0x00291005) == nullptr && written->find(0x00291007) == nullptr);
    for (const char* planted : {"ENOMOTO", "榎本", "0047731", "1.2.392.999"}) {
        QVERIFY2(bytes.find(planted) == std::string::npos, planted);
    }
}

void TestPrivateElements::removalWithdrawsWhatTheTableKeeps() {
    DicomBytes out;
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4").element(0x00080018, "UI", "1.2.392.999.9.1");
    out.element(0x00080060, "CS", "MR").element(0x0020000E, "UI", "1.2.392.999.9");
    out.element(0x00190010, "LO", "SIEMENS MR HEADER").element(0x0019100C, "IS", "1000");
    add("s", out.file());
    importAndDetect();
    QCOMPARE(elements().front().kept, std::int64_t{1});
    model::Policy without = policy();
    decide::putPrivateRule(without, {"SIEMENS MR HEADER", 0x0019, 0x0C, {}, false, ""});
    static_cast<void>(must(without));
    QCOMPARE(elements().front().removed, std::int64_t{1});
    detect();
    QCOMPARE(elements().front().removed, std::int64_t{1});
    QVERIFY(staged("").find("SIEMENS MR HEADER") == std::string::npos);
}

void TestPrivateElements::undoPutsEverythingBack() {
    add("a1", instance("V1", 1, 1));
    importAndDetect();
    const auto before = findingsOn("(0029,1002)").front();
    const decide::Edit inverse = must(keeping(0x02));
    detect();
    QVERIFY(findingsOn("(0029,1002)").front().action == Action::Clean);
    const auto back = m_session->apply(inverse, "me");
    QVERIFY(back.has_value());
    detect();
    const auto after = findingsOn("(0029,1002)").front();
    QVERIFY(after.id == before.id && after.state == before.state && after.suggested == before.suggested);
    QVERIFY(policy().privateRules.empty());
    // And forth again.
    QVERIFY(m_session->apply(*back, "me").has_value());
    detect();
    QVERIFY(findingsOn("(0029,1002)").front().action == Action::Clean);
    QCOMPARE(policy().privateRules.size(), std::size_t{1});
}

void TestPrivateElements::decisionsOfPersonsStay() {
    add("a1", instance("V1", 1, 1));
    importAndDetect();
    static_cast<void>(must(keeping(0x01)));
    detect();
    const auto finding = findingsOn("(0029,1001)").front();
    const decide::Decide own{{finding.id}, DecisionState::Changed, Action::Delete, "not in this series"};
    QVERIFY(m_session->apply(own, "somebody").has_value());
    job::DetectSpec again;
    again.again = true;
    run(job::detectJob(m_session, again));
    QVERIFY(findingsOn("(0029,1001)").front().action == Action::Delete);
    model::Policy without = policy();
    without.privateRules.clear();
    static_cast<void>(must(without));
    detect();
    const auto after = findingsOn("(0029,1001)").front();
    QVERIFY(after.state == DecisionState::Changed && after.action == Action::Delete);
    QCOMPARE(after.decidedBy, std::string("somebody"));
}

void TestPrivateElements::nothingIsKeptWithoutTheOption() {
    add("a1", instance("V1", 1, 1));
    importAndDetect();
    model::Policy strict = keeping(0x01);
    strict.options.erase("safe-private");
    static_cast<void>(must(strict));
    QVERIFY(findingsOn("(0029,1001)").front().state == DecisionState::Open);
    detect();
    QCOMPARE(element(0x01, "V1").removed, std::int64_t{1});
    QVERIFY(staged("V1").find(kOwner) == std::string::npos);
}

void TestPrivateElements::onlyWhatIsConcernedIsExaminedAgain() {
    add("a1", instance("V1", 1, 1));
    add("c1", instance("V2", 3, 1));
    add("note.txt", "普通の文章です。");
    importAndDetect();
    const auto waiting = [&] {
        std::int64_t out = 0;
        const auto assets = m_session->assets({}).value();
        for (const auto& row : assets) {
            out += row.asset.state == model::AssetState::Imported ? 1 : 0;
        }
        return out;
    };
    QCOMPARE(waiting(), std::int64_t{0});
    static_cast<void>(must(keeping(0x01)));
    QCOMPARE(waiting(), std::int64_t{1});
    detect();
    model::Policy strict = policy();
    strict.options.erase("safe-private");
    static_cast<void>(must(strict));
    QCOMPARE(waiting(), std::int64_t{2}); // the series, not the note
    detect();
    model::Policy other = policy();
    other.options.erase("modified-dates");
    static_cast<void>(must(other));
    QCOMPARE(waiting(), std::int64_t{3});
    // What no policy may be is refused, and nothing has changed.
    model::Policy unreasoned = keeping(0x01);
    unreasoned.privateRules.front().reason.clear();
    const auto refused = m_session->apply(decide::SetPolicy{unreasoned, {}}, "me");
    QCOMPARE(refused.error().code, base::ErrorCode::ReasonRequired);
}

QTEST_GUILESS_MAIN(TestPrivateElements)
#include "TestPrivateElements.moc"
