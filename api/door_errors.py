"""Errors of the HTTP and command line interfaces only: access, addresses, and the form of requests."""

from __future__ import annotations

from graph.errors import RequestError


class NotSignedInError(RequestError):
    """A caller without the token or the cookie of this server."""

    code, status = "auth.required", 401
    zh = "请用 shilian serve 打印的链接打开，或在请求头里带上 Authorization: Bearer 令牌。"
    en = "Open the link that shilian serve printed, or send the header Authorization: Bearer TOKEN."


class ForeignOriginError(RequestError):
    """A change asked for by a page of another site."""

    code, status = "auth.origin", 403
    zh = "来自其他网站的修改请求被拒绝。"
    en = "A change asked for by another site was refused."


class UnknownHostError(RequestError):
    """A request for a host name that this server does not have."""

    code, status = "host.unknown", 400
    zh = "本服务不接受发往这个主机名的请求。请使用启动时显示的地址。"
    en = "This server takes no requests for that host name. Use the address shown at the start."


class UnknownAddressError(RequestError):
    """A path under which nothing is found."""

    code, status = "http.404", 404
    zh = "这个地址下没有内容。接口一览见 /docs。"
    en = "There is nothing at this address. /docs lists the API."


class MethodRefusedError(RequestError):
    """A verb that a route does not have."""

    code, status = "http.405", 405
    zh = "这个地址不支持 {method}。接口一览见 /docs。"
    en = "This address does not take {method}. /docs lists the API."


class UnknownJobError(RequestError):
    """A job that this server does not know (any more)."""

    code, status = "job.unknown", 404
    zh = "没有编号为“{job}”的任务（服务重启后任务清单会清空）。"
    en = "There is no job “{job}” (the list is emptied when the server restarts)."


class KeyReusedError(RequestError):
    """An idempotency key that came before with other content."""

    code, status = "key.reused", 422
    zh = "Idempotency-Key “{key}”已用于另一内容的请求，请换一个。"
    en = "The Idempotency-Key “{key}” was used for a request with other content; use another one."


class UploadGivenUpError(RequestError):
    """An upload that is being loaded by another server, or whose loading ended the server again and again."""

    code, status = "upload.given_up", 409
    zh = "上传任务“{job}”没有执行：它正由另一个服务进程载入，或多次载入都中断了服务。请检查文件后重新上传。"
    en = "The upload “{job}” was not loaded: another server is at it, or loading it ended the server again and again. Check the files and send them again."


class UploadGoneError(RequestError):
    """An upload whose files are no longer kept: it was loaded or given up, or its hour is over."""

    code, status = "upload.gone", 404
    zh = "任务“{job}”的文件已不在：已经载入、已放弃，或已超过一小时。请重新选择文件上传。"
    en = "The files of job “{job}” are gone: they were loaded or given up, or their hour is over. Choose the files again."


class AddressTooLongError(RequestError):
    """A URL over the limit."""

    code, status = "http.414", 414
    zh = "网址过长（上限 {limit} 字节）。请改用 POST。"
    en = "The URL is too long (limit {limit} bytes). Use POST instead."


class BodyTooLargeError(RequestError):
    """A request body over the limit."""

    code, status = "http.413", 413
    zh = "请求内容过大（上限 {limit} 字节）。请分批发送。"
    en = "The request body is too large (limit {limit} bytes). Send it in parts."


class BodyFormError(RequestError):
    """A request body that is not what the route takes."""

    code, status = "http.body", 400
    zh = "请求内容无法读取：{reason}"
    en = "The request body cannot be read: {reason}"


class UnreadableRequestError(RequestError):
    """Bytes that are no HTTP request."""

    code, status = "http.400", 400
    zh = "这不是规范的 HTTP 请求：网址中的汉字要编码，curl 请写 -G --data-urlencode 'unit=松五社区'。"
    en = "This is no proper HTTP request: Chinese in an address must be encoded; with curl write -G --data-urlencode 'unit=NAME'."


class BusyError(RequestError):
    """More questions at once than the server answers; try again in a moment."""

    code, status = "busy", 503
    zh = "当前提问过多，请 {seconds} 秒后再试。"
    en = "Too many questions at once; try again in {seconds} s."


class UnforeseenError(RequestError):
    """A fault of the program; the number finds it in the server's log."""

    code, status = "unforeseen", 500
    zh = "程序出了意外，编号 {number}。请把编号告诉维护者。"
    en = "Something unforeseen happened, number {number}. Report the number to the maintainers."


class AddressRefusedError(RequestError):
    """Serving beyond this machine without tokens or without encryption."""

    code, exit_code = "serve.address", 2
    zh = "“{host}”其他电脑也能访问，拒绝提供服务：{reason}"
    en = "“{host}” can be reached from other machines, and is not served: {reason}"


class CertificateError(RequestError):
    """A certificate or key for TLS that cannot be used."""

    code, exit_code = "serve.certificate", 2
    zh = "证书或密钥“{file}”不能使用：{reason}"
    en = "The certificate or key “{file}” cannot be used: {reason}"


class StoppingError(RequestError):
    """A question that the server does not finish because it is being stopped."""

    code, status = "stopping", 503
    zh = "服务正在停止，请稍后再试。"
    en = "The server is stopping; try again in a while."


class PortTakenError(RequestError):
    """No free port to serve on."""

    code, exit_code = "serve.port", 2
    zh = "端口 {port} 不能使用：{reason}。请用 --port 指定另一个。"
    en = "Port {port} cannot be used: {reason}. Name another one with --port."


class UnknownPaperError(RequestError):
    """A name that no paper has."""

    code, status = "paper.unknown", 404
    zh = "没有叫“{name}”的材料。shilian paper list 列出全部；相近的有：{near}"
    en = "There is no paper “{name}”. shilian paper list shows all; close to it: {near}"


class PaperFormError(RequestError):
    """A template that is not the form of the paper that shall be written with it."""

    code, status = "paper.form", 422
    zh = "这个模板不能用于《{paper}》。请先用 --write-template 取得原样，在其上修改：保留表头和 {{{{ … }}}} 的字段名。"
    en = (
        "This template does not fit “{paper}”. Take the stock one by --write-template and change that: keep the headers and "
        "the names in {{{{ … }}}}."
    )


class PaperUnwrittenError(RequestError):
    """A paper of persons, whom the graph keeps under pseudonyms: it cannot be written back."""

    code, status = "paper.persons", 403
    zh = "《{paper}》逐人列名，图谱只存化名，不能写回。需要汇总数字时用《党员信息统计表》。"
    en = "“{paper}” lists persons, whom the graph keeps under pseudonyms only. For numbers, use member-statistics."
