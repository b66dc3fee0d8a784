#include "app/cli/Output.h"

namespace kamei::app::cli {
namespace {

struct Sentence {
    std::string_view english;
    std::string_view japanese;
};

/// %1 and %2 stand for the error's arguments.
Sentence inputSentence(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case NotFound:
        return {"A file or folder was not found.", "ファイルまたはフォルダーが見つかりません。"};
    case NotReadable:
        return {"A file could not be read.", "ファイルを読み取れません。"};
    case Empty:
        return {"A file is empty.", "ファイルが空です。"};
    case Truncated:
        return {"A file ends too early; it may not have been copied completely.",
                "ファイルが途中で終わっています。コピーが完了していない可能性があります。"};
    case Malformed:
        return {"The content is damaged or not in its stated form.",
                "内容が壊れているか、形式に合っていません。"};
    case UnknownFormat:
        return {"The format is not known.", "形式を判別できません。"};
    case UnsupportedFormat:
        return {"The format is known but cannot be processed.", "この形式は加工に対応していません。"};
    case UnsupportedEncoding:
        return {"The character encoding cannot be handled.", "文字コードを扱えません。"};
    case UnsupportedTransferSyntax:
        return {"The transfer syntax of the DICOM file cannot be handled.",
                "DICOM の転送構文に対応していません。"};
    case Encrypted:
        return {"The content is encrypted.", "内容が暗号化されています。"};
    case TooLarge:
        return {"A file is larger than what can be handled.", "ファイルが大きすぎて扱えません。"};
    case TooDeep:
        return {"The content is nested too deeply.", "入れ子が深すぎます。"};
    case TooManyEntries:
        return {"There are too many entries.", "項目の数が多すぎます。"};
    case EntityRefused:
        return {"XML with entity declarations is refused.", "実体宣言を含む XML は受け付けません。"};
    case PathRefused:
        return {"A path leads outside of its folder and is refused.",
                "フォルダーの外を指すパスは受け付けません。"};
    case SymlinkLoop:
        return {"Symbolic links form a loop.", "シンボリックリンクが循環しています。"};
    case NotRegularFile:
        return {"This is not a regular file.", "通常のファイルではありません。"};
    case SourceChanged:
        return {"A source has changed since its import. Import it again.",
                "取込後に元のファイルが変更されています。もう一度取り込んでください。"};
    case SourceMissing:
        return {"A source is no longer there. Put it back, or exclude it.",
                "元のファイルがありません。元に戻すか、対象から外してください。"};
    default:
        return {};
    }
}

Sentence workSentence(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case WorkspaceMissing:
        return {"This folder is not a workspace. Make one with `kamei-cli new`.",
                "このフォルダーはワークスペースではありません。`kamei-cli new` で作成してください。"};
    case WorkspaceDamaged:
        return {"The workspace is damaged. Nothing was changed; sources are untouched. Restore a backup.",
                "ワークスペースが壊れています。何も変更していません。バックアップから戻してください。"};
    case WorkspaceNewer:
        return {
            "The workspace was made by a newer version (%1; this one knows up to %2). Nothing was changed.",
            "ワークスペースは新しい版 (%1) で作られています (この版は %2 まで)。何も変更していません。"};
    case WorkspaceLocked:
        return {"Another program is writing to this workspace (process %1). Wait for it, or close it.",
                "別のプログラム (プロセス %1) "
                "がこのワークスペースに書き込み中です。終了を待つか、閉じてください。"};
    case WorkspaceReadOnly:
        return {"The workspace cannot be written to. Copy it to a writable disk.",
                "ワークスペースに書き込めません。書き込めるディスクに移してください。"};
    case WorkspaceExists:
        return {"The folder already exists and is not empty. Nothing was changed.",
                "フォルダーがすでにあり、空ではありません。何も変更していません。"};
    case AuditBroken:
        return {"The audit log does not verify: entry %1 does not match the one before it.",
                "監査記録を検証できません。%1 番目の記録が前の記録と一致しません。"};
    case ReasonRequired:
        return {"This needs a written reason (--reason): what is required or a face is left in, or a doubt settled.",
                "理由 (--reason) が必要です（必須の候補や顔貌を残す場合、疑義を解消する場合）。"};
    case PassphraseRequired:
        return {"A passphrase of at least %1 characters is needed (for a key, in KAMEI_KEY_PASSPHRASE; for deleted information that is "
                "kept, in KAMEI_PASSPHRASE or with --passphrase-stdin). Nothing was written.",
                "%1 文字以上のパスフレーズが必要です（署名鍵は KAMEI_KEY_PASSPHRASE、保管する削除情報等は "
                "KAMEI_PASSPHRASE または --passphrase-stdin）。何も書き出していません。"};
    case NotPossible:
        return {"This is not possible in the present state.", "現在の状態では実行できません。"};
    case GateClosed:
        return {"Release is refused; the lines say what is open.",
                "書き出しの条件を満たしていません。未完了の項目は出力の各行をご覧ください。"};
    case NothingToUndo:
        return {"There is nothing to undo.", "元に戻す操作がありません。"};
    default:
        return {};
    }
}

Sentence systemSentence(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case InvalidArgument:
        return {"An argument is not valid: %1", "引数が正しくありません: %1"};
    case NoSpace:
        return {
            "The disk is full. What was finished is safe; free some space and run the same command again.",
            "ディスクの空きがありません。完了した分は保存されています。空きを作り、同じコマンドを実行してくだ"
            "さい。"};
    case IoError:
        return {
            "Reading or writing failed. What was finished is safe; run the same command again.",
            "読み書きに失敗しました。完了した分は保存されています。同じコマンドをもう一度実行してください。"};
    case PermissionDenied:
        return {"Permission was denied.", "権限がありません。"};
    case OutOfMemory:
        return {"There is not enough memory.", "メモリーが足りません。"};
    case Cancelled:
        return {"Stopped. What was finished is kept; the same command goes on from there.",
                "中止しました。完了した分は保存されています。同じコマンドで続きから再開します。"};
    default:
        return {"An internal error occurred.", "内部エラーが発生しました。"};
    }
}

void fill(std::string& text, std::string_view mark, const std::string& value) {
    if (const std::size_t at = text.find(mark); at != std::string::npos) {
        text.replace(at, mark.size(), value);
    }
}

/// What is wrong with an audit log, by the word of audit::verify; %1 is the number of the entry.
Sentence auditSentence(std::string_view what) {
    if (what == "removed") {
        return {"Entry %1 of the audit log was removed.", "監査記録の %1 番が取り除かれています。"};
    }
    if (what == "inserted") {
        return {"Entry %1 of the audit log was inserted later.",
                "監査記録の %1 番は後から差し込まれたものです。"};
    }
    if (what == "reordered") {
        return {"Entries of the audit log were exchanged from number %1 on.",
                "監査記録の順序が %1 番から入れ替えられています。"};
    }
    if (what == "signature") {
        return {"The signature of entry %1 of the audit log is missing or does not hold.",
                "監査記録 %1 番の署名がないか、正しくありません。"};
    }
    if (what == "confirmation") {
        return {"The confirmation recorded with entry %1 of the audit log was changed, removed or added.",
                "監査記録 %1 番の目視確認の記録が書き換え・削除・追加されています。"};
    }
    if (what == "reviewer") {
        return {"The person recorded with entry %1 of the audit log was changed, removed or added.",
                "監査記録 %1 番の担当者の記録が書き換え・削除・追加されています。"};
    }
    if (what == "rows") {
        return {"Rows of the workspace's database were changed by other means than this program.",
                "ワークスペースのデータベースが本プログラム以外の手段で書き換えられています。"};
    }
    if (what == "schema") {
        return {"The structure of the workspace's database was changed by other means than this program.",
                "ワークスペースのデータベースの構造が本プログラム以外の手段で変更されています。"};
    }
    if (what == "state") {
        return {"The workspace is not as it was when entry %1 of the audit log was signed.",
                "ワークスペースが、監査記録 %1 番の署名時の状態と異なります。"};
    }
    if (what == "copy") {
        return {"This is an earlier state, or another copy, of a workspace in which work went on: entry %1 "
                "of the "
                "audit log was another. It can be read; to go on with it on purpose: audit --accept-restored "
                "REASON.",
                "作業が進んだワークスペースの以前の状態または別の複製です (監査記録 %1 番が異なります)。"
                "閲覧はできます。意図して続けるには audit --accept-restored 理由 を使ってください。"};
    }
    if (what == "head") {
        return {"The end of the audit log was changed.", "監査記録の末尾が書き換えられています。"};
    }
    return {"Entry %1 of the audit log was changed.", "監査記録の %1 番が書き換えられています。"};
}

/// Why something is not possible now, by its argument; empty for those without a sentence of their own.
Sentence stateSentence(std::string_view what) {
    if (what == "unsigned") {
        return {"The policy of this workspace asks for a signature: sign in with a key (--sign NAME).",
                "このワークスペースの規則では署名が必要です。鍵でサインインしてください (--sign 名前)。"};
    }
    if (what == "examiner") {
        return {"An ethics reviewer changes nothing but judgements of a sample.",
                "倫理審査の担当者が変更できるのは抽出した標本の判定だけです。"};
    }
    if (what == "continue-destroyed") {
        return {"The key of that workspace was destroyed at its release and nothing of it was kept: the same "
                "people "
                "cannot get the same pseudonyms and date shifts again. Make a workspace without --continue; "
                "its data "
                "cannot be joined to what was released.",
                "そのワークスペースの鍵は書き出し時に破棄され、削除情報等も保存されていません。同じ人に同じ仮"
                "IDと日付の"
                "ずらし幅を付けることはもうできません。--continue "
                "なしで作成してください（書き出し済みのデータとは結合できません）。"};
    }
    if (what == "continue-unreleased") {
        return {"That workspace still has its key: open it and import there.",
                "そのワークスペースにはまだ鍵があります。それを開いて取り込んでください。"};
    }
    if (what == "continue-past") {
        return {
            "The day until which this deleted information may be kept has passed: it is to be destroyed, not "
            "used.",
            "この削除情報等の保存期限を過ぎています。使用せず、消去してください。"};
    }
    if (what == "several") {
        return {"These data name several people: they can be no one person's. Nothing was changed.",
                "複数の対象者を含むデータは 1 人に割り当てられません。何も変更していません。"};
    }
    if (what == "nothing") {
        return {"Nothing is confirmed yet: there is nothing to draw a sample from.",
                "まだ何も目視確認されていないため、標本を抽出できません。"};
    }
    if (what == "dicomdir") {
        return {
            "The DICOMDIR would hold something known of a person, or could list no file. Nothing was "
            "written; release without it (--dicomdir no).",
            "DICOMDIR に既知の識別子が含まれるか、記載できるファイルがありません。何も書き出していません。"
            "DICOMDIR なしで書き出してください (--dicomdir no)。"};
    }
    return {};
}

/// What an error means where it arose; empty where its code says all.
Sentence placeSentence(const base::Error& error) {
    using enum base::ErrorCode;
    const bool ofPeople = error.place == "job.subjects";
    if (ofPeople && error.code == NotFound) {
        return {"There is no person or no data of this number. Nothing was changed.",
                "この番号の対象者またはデータはありません。何も変更していません。"};
    }
    if (ofPeople && error.code == InvalidArgument && error.args.empty()) {
        return {"There is nothing to change: they are that person's already.",
                "変更はありません。すでにその対象者のデータです。"};
    }
    if (error.place == "cli.key" && error.code == NotFound) {
        return {"There is no key of this name on this machine; `kamei-cli keys` lists them.",
                "この名前の鍵はこの端末にありません。`kamei-cli keys` で一覧を確認してください。"};
    }
    if (error.code == PermissionDenied && error.place.starts_with("keys.")) {
        return {"The passphrase is not that of the key.", "鍵のパスフレーズが正しくありません。"};
    }
    return {};
}

} // namespace

std::string sentence(const base::Error& error) {
    Sentence found = placeSentence(error);
    if (found.english.empty()) {
        found = inputSentence(error.code);
    }
    const std::string_view second =
        error.args.size() > 1 ? std::string_view(error.args[1]) : std::string_view();
    if (error.code == base::ErrorCode::AuditBroken) {
        found = auditSentence(second);
    } else if (error.code == base::ErrorCode::NotPossible && !error.args.empty()) {
        found = stateSentence(error.args[0]);
    }
    if (found.english.empty()) {
        found = workSentence(error.code);
    }
    if (found.english.empty()) {
        found = systemSentence(error.code);
    }
    std::string out(say(found.english, found.japanese));
    if (error.args.empty()) {
        fill(out, ": %1", ""); // nothing more is known of it
    }
    fill(out, "%1", error.args.empty() ? "?" : error.args[0]);
    fill(out, "%2", error.args.size() < 2 ? "?" : error.args[1]);
    if (!error.place.empty()) {
        out += " [" + std::string(base::errorWord(error.code)) + ", " + error.place + "]";
    }
    return out;
}

} // namespace kamei::app::cli
