"""The error tree: every error a user can meet has a code, an HTTP status, an exit code and a sentence in Chinese and in English.

ShilianError
├── InputError          what was given cannot be used          exit 1
│   ├── FileError       a file as a whole
│   └── RequestError    a question, an argument, a name
├── PackageInTheWayError  a stranger's package of our name exit 3
├── WorkspaceError      the workspace, in storage_errors.py exit 3
└── EngineError         the graph engine failed                exit 3
"""

from __future__ import annotations

import os
from typing import Any, ClassVar, NotRequired, TypedDict

from graph.texts import Said, in_language


class ErrorDocument(TypedDict):
    """An error as the JSON body of an answer has it: its code, its sentence in both languages, and what fills the sentence."""

    code: str
    message: dict[str, str]
    details: dict[str, object]
    status: NotRequired[int]


class ShilianError(Exception):
    """What every error of Shilian is; `details` fill the sentences, each in its language where a detail is a `Said`."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    exit_code: int = 1
    zh: ClassVar[str] = "出错了：{reason}"
    en: ClassVar[str] = "Something went wrong: {reason}"

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.message(os.environ.get("SHILIAN_LANG") or "en"))  # as a traceback in Python shows it

    def message(self, lang: str = "zh") -> str:
        """Return the sentence a user reads, in `lang` (zh or en)."""
        return (self.zh if lang == "zh" else self.en).format(**in_language(self.details, lang))

    @property
    def said(self) -> Said:
        """Return the sentence in both languages."""
        return Said(self.message("zh"), self.message("en"))

    def as_dict(self) -> ErrorDocument:
        """Return the error as the JSON body of an answer (RFC 9457 adds title and status)."""
        return {
            "code": self.code,
            "message": {lang: self.message(lang) for lang in ("zh", "en")},
            "details": {
                name: {"zh": str(value), "en": value.en} if isinstance(value, Said) else value
                for name, value in self.details.items()
            },
        }


class InputError(ShilianError):
    """Input that cannot be used; nothing was written."""

    code, status = "input", 422


class FileError(InputError):
    """A file that cannot be read as a whole."""

    code = "file"
    zh = "文件“{file}”无法读取：{reason}"
    en = "File “{file}” cannot be read: {reason}"


class FileEmptyError(FileError):
    """A file without content."""

    code = "file.empty"
    zh = "文件“{file}”是空的。请确认导出成功后再试。"
    en = "File “{file}” is empty. Check that it was exported completely and try again."


class FileTypeError(FileError):
    """A file that is no spreadsheet, whatever its name says."""

    code = "file.type"
    zh = "文件“{file}”不是可读的表格（xlsx、xls、csv）。请另存为 .xlsx 后再试。"
    en = "File “{file}” is no readable spreadsheet (xlsx, xls, csv). Save it as .xlsx and try again."


class FileEncryptedError(FileError):
    """A workbook protected by a password."""

    code = "file.encrypted"
    zh = "文件“{file}”设有打开密码。请取消密码后再试。"
    en = "File “{file}” is protected by a password. Remove the password and try again."


class FileUnsafeError(FileError):
    """An archive or XML document built to exhaust or trick its reader."""

    code, status = "file.unsafe", 422
    zh = "文件“{file}”的结构不安全（{reason}），未读取。请用表格软件打开后另存一份再试。"
    en = "File “{file}” has an unsafe structure ({reason}) and was not read. Open it in a spreadsheet program, save a copy and try again."


class FileTooLargeError(FileError):
    """A file over the size, unpacked size or time limit."""

    code, status = "file.too_large", 413
    zh = "文件“{file}”太大（{reason}）。请拆分后再试。"
    en = "File “{file}” is too large ({reason}). Split it and try again."


class FileDamagedError(FileError):
    """A file that breaks off or contradicts itself."""

    code = "file.damaged"
    zh = "文件“{file}”已损坏：{reason}。请重新导出后再试。"
    en = "File “{file}” is damaged: {reason}. Export it again and retry."


class FileMissingError(FileError):
    """A path that does not exist."""

    code, status = "file.missing", 404
    zh = "找不到文件或文件夹“{file}”。"
    en = "There is no file or folder “{file}”."


class SheetTooLargeError(FileError):
    """A sheet with more rows or columns than the limit."""

    code, status = "sheet.too_large", 413
    zh = "工作表“{sheet}”有 {rows} 行 {columns} 列，超过上限。请删除多余的空行空列后再试。"
    en = "Sheet “{sheet}” has {rows} rows and {columns} columns, over the limit. Delete the empty rows and columns and try again."


class RegisterRefusedError(FileError):
    """A sheet that lists petitioners or people in need; nothing of it is read."""

    code = "register.refused"
    zh = "工作表“{sheet}”像是含有个人诉求或困难情况的名册（{reason}），按规定不予载入。请改报汇总数。"
    en = "Sheet “{sheet}” looks like a register of persons' petitions or hardship ({reason}) and is refused. Report aggregates instead."


class NothingToLoadError(InputError):
    """No file among those given held a register; `sheets` are the reports of theirs, by which doors ask what these are."""

    code = "load.nothing"
    sheets: tuple[Any, ...] = ()  # of the type ReportedSheet, which stands above this module
    zh = "没有找到可载入的登记表：{reason}"
    en = "No register to load was found: {reason}"


class RequestError(InputError):
    """A question, argument or name that cannot be answered."""

    code = "request"


class UnknownQuestionError(RequestError):
    """A question that is not in the catalogue."""

    code, status = "question.unknown", 404
    zh = "没有“{name}”这个问题。可问的有：{known}"
    en = "There is no question “{name}”. Known questions: {known}"


class UnknownUnitError(RequestError):
    """A name that stands for no unit in the graph, or for several."""

    code, status = "unit.unknown", 404
    zh = "图中没有叫“{name}”的单位。相近的有：{suggestions}"
    en = "The graph holds no unit called “{name}”. Close to it: {suggestions}"


class ArgumentError(RequestError):
    """An argument outside its limits."""

    code = "argument.invalid"
    zh = "参数“{argument}”的值“{value}”无效：{reason}"
    en = "Argument “{argument}” has the invalid value “{value}”: {reason}"


class MissingArgumentError(ArgumentError):
    """An argument that must be given and was not."""

    zh = "参数“{argument}”必须填写。"
    en = "Argument “{argument}” is required."


class UnknownArgumentError(ArgumentError):
    """An argument that the question or command does not have; the message names those that it has."""

    zh = "没有“{argument}”这个参数；可用的有：{known}"
    en = "There is no argument “{argument}” here; there is: {known}"


class UnknownRegisterError(RequestError):
    """A register name that the schema does not know."""

    code, status = "register.unknown", 404
    zh = "没有“{name}”这种登记表。可用的有：{known}"
    en = "There is no register “{name}”. Known registers: {known}"


class UnknownEntityError(RequestError):
    """A name or id that stands for no unit, resource or agreement in the graph."""

    code, status = "entity.unknown", 404
    zh = "图中没有“{name}”。请用名称、协议编号或搜索结果里的编号再试。"
    en = "The graph holds nothing called “{name}”. Try its name, its number, or an id from the search."


class UnknownThingError(UnknownEntityError):
    """A name that stands for no thing of the kinds asked for (a need, an agreement), or for several; the advice says what to write."""

    zh = "“{name}”不能确定是哪一个{kind}。{advice}"
    en = "It is not known which {kind} “{name}” is. {advice}"


class NothingToDrawError(RequestError):
    """An answer that speaks of nothing a picture could show."""

    code = "answer.no_picture"
    zh = "“{question}”的这个结果没有可画的关系。请换一个单位，或用表格查看。"
    en = "This answer to “{question}” holds no relations to draw. Ask about another unit, or look at the table."


class MissingPackageError(RequestError):
    """An optional Python package that the requested form of output needs is not installed."""

    code = "package.missing"
    zh = "需要先安装 {package}：pip install {package}"
    en = "This needs {package}: pip install {package}"


class UnprovenWeightsError(RequestError):
    """Learned weights that were to be used although they were not shown to be better than the weights in use."""

    code, status = "weights.unproven", 409
    zh = "没有启用学得的权重：{proof}。仍要启用请加 --force（样本太少时不能启用）。"
    en = "The learned weights were not put to use: {proof}. Add --force to use them all the same (not where choices are too few)."


class UnknownLoadError(RequestError):
    """A load or decision that the ledger does not know."""

    code, status = "load.unknown", 404
    zh = "账本中没有编号为“{load}”的载入或决定。用 shilian loads 查看编号。"
    en = "The ledger holds no load or decision “{load}”. shilian loads lists them."


class QueryError(RequestError):
    """A Cypher text that the engine cannot read."""

    code = "cypher.invalid"
    zh = "这条查询无法执行：{reason}"
    en = "This query cannot be run: {reason}"


class PackageInTheWayError(ShilianError, ImportError):
    """A stranger's package or file has the name of one of ours, and Python imports it instead."""

    code, status, exit_code = "package.in_the_way", 503, 3
    zh = en = "{reason}"


class EngineError(ShilianError):
    """The graph engine refused or failed."""

    code, status, exit_code = "engine", 503, 3
    zh = "图引擎出错：{reason}"
    en = "The graph engine failed: {reason}"


class QueryTimeoutError(EngineError):
    """A query that ran longer than the limit."""

    code = "engine.timeout"
    zh = "查询超过 {seconds} 秒，已停止。请缩小范围后再试。"
    en = "The query ran for more than {seconds} seconds and was stopped. Narrow it down and try again."


class ServerUnreachableError(EngineError):
    """A graph server that does not answer."""

    code = "engine.unreachable"
    zh = "图服务器 {address} 没有应答：{reason}。请确认它已启动、地址无误，再运行一次。"
    en = "The graph server {address} does not answer: {reason}. Check that it runs and the address is right, then run this again."


class ServerPlainError(EngineError):
    """A graph server that speaks no TLS, under an address that asks for it; nothing was sent to it."""

    code = "engine.plain"
    zh = "图服务器 {address} 没有开启加密（TLS），因此没有连接。请在服务器上开启；只在本机或内网使用时，可把地址写成 {plain}://…。"
    en = (
        "The graph server {address} speaks no TLS, and nothing was sent to it. Turn encryption on at the server; on this machine "
        "or a network of your own, write the address as {plain}://…."
    )


class ServerCertificateError(EngineError):
    """A graph server whose certificate is not trusted, so that nothing was sent to it."""

    code = "engine.certificate"
    zh = "图服务器 {address} 的证书不可信：{reason}，因此没有连接。自签名证书请把地址写成 bolt+ssc:// 或 neo4j+ssc://（只在内网用），或用环境变量 SSL_CERT_FILE 指出签发者的证书文件。"
    en = "The certificate of the graph server {address} is not trusted: {reason}; nothing was sent. For a self-signed one write bolt+ssc:// or neo4j+ssc:// (on an inner network only), or name its issuer's file in the variable SSL_CERT_FILE."


class ServerAccessError(EngineError):
    """A graph server that refuses user or password."""

    code = "engine.access"
    zh = "图服务器 {address} 不接受该用户：{reason}。请用 SHILIAN_NEO4J_USER 与 SHILIAN_NEO4J_PASSWORD（或 …_PASSWORD_FILE）给出用户和密码。"
    en = "The graph server {address} refuses the user: {reason}. Give user and password by SHILIAN_NEO4J_USER and SHILIAN_NEO4J_PASSWORD (or …_PASSWORD_FILE)."


class ServerEmptyError(EngineError):
    """A graph server into which nothing was published yet."""

    code, status = "engine.empty", 404
    zh = "图服务器 {address} 上还没有发布过图。先运行：shilian load 文件夹 --graph {address}"
    en = "Nothing was published to the graph server {address} yet. Run first: shilian load FOLDER --graph {address}"


class ServerForeignError(EngineError):
    """A database with entities of our labels that no publish wrote."""

    code, status = "engine.foreign", 409
    zh = "图服务器 {address} 的数据库里已有别处写入的 {label} 实体，未作任何更改。请换一个空的数据库（地址末尾加 /数据库名）。"
    en = "The database at {address} holds {label} entities that were not published from here; nothing was changed. Name an empty database (…/NAME)."


class PublishTakenOverError(EngineError):
    """A publish that another one, begun later, took over."""

    code, status = "engine.taken_over", 409
    zh = "另一个进程已接手向 {address} 发布；本次发布中止。"
    en = "Another process took over publishing to {address}; this one stopped."


class WriteRefusedError(EngineError):
    """An attempt to write through an interface that only reads."""

    code, status, exit_code = "engine.read_only", 403, 1
    zh = "这里只能读取：{reason}"
    en = "This door only reads: {reason}"


class SchemaError(ValueError):
    """The schema contradicts itself; the sentence says what to do (raised at import, met by developers only)."""
