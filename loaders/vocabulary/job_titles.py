"""What a cell says beside the name of an employer: a job, a department, that somebody is retired. None of it is kept."""

from __future__ import annotations

import re

from graph.names import normalize

_RANKS = "正高级|副高级|高级|中级|初级|助理|首席|主管|一级|二级|三级|[正副总]|原|前|现|兼|退休|离休|专职|兼职|党员"
_PARTS = (
    "客户|项目|大堂|党支部|党总支|党委|支部|工会|团委|妇联|纪委|车间|工段|班组|办公室|部门|机关|销售部?|技术部?|生产部?|质量部?|质检部?|财务部?|财务科|人事部?|人力资源部?|行政部?"
    "|安全部?|安保部?|设备部?|研发部?|市场部?|采购部?|后勤部?|综合部?|党群部?|宣传部?|工程部?|设计部?|运营部?|分厂"
)
_LEADERS = (
    "董事长|理事长|经理|总监|主管|主任|书记|委员|主席|秘书|助理|专员|支书|会长|总裁|总工|网格长|楼长"
    "|[部科处局厂院校园所站队班组社行店股段室馆]长"
)
_WORKERS = (
    "工程师|技师|经济师|会计师|会计|出纳|审计|统计"
    "|教师|老师|教授|讲师|研究员|医生|医师"
    "|护士长?|药师|律师|厨师|设计师|司机|驾驶员|保安|保洁|门卫|库管|保管|质检|检验|调度"
    "|(?:技术|业务|销售|管理|服务|操作|检验|质检|保管|调度|办事|炊事|安全|资料|收银|科|职|文|营业|乘务|售票|审核|驾驶|采购|保洁|统计|理货|快递|网格|程序|飞行)员|员工|职工|工人|干部|干事|高工"
    "|[车钳焊电铣刨磨铸锻镗木瓦油漆管起吊]工|(?:维修|装配|操作|热处理|起重|普通|临时|合同|修理|检修|机修|普|民|杂)工"
)
_STATES = "已?退休(?:职工|干部|工人|人员|教师)?|离休(?:干部)?|离退休|内退|病退|退养|下岗|待岗|返聘|在职|在岗|留守"
_JOB = rf"(?:{_LEADERS}|{_WORKERS}|{_STATES})"
_NUMBERED = rf"(?:第?[0-9一二三四五六七八九十]{{1,3}})?(?:{_PARTS})"
_TAIL = re.compile(rf"(?:{_RANKS})*{_JOB}$")
# A word alone may end a unit's own name (通信设备): only a part that says it is one is cut; merging, which knows the units, cuts on.
_PART_TAIL = re.compile(rf"{_NUMBERED.replace('部?', '部')}$")
_ONLY_JOB = re.compile(rf"(?:(?:{_RANKS}|{_NUMBERED})*{_JOB})+$")
_NO_UNIT = re.compile(
    r"(?:务农|农民|种地|农业|无业|待业|失业|个体(?:户|经营|工商户|经商)?|自由职业者?|家务|家庭主妇|学生|(?:外出|在外|在家)?务工|(?:在外)?打工|灵活就业|无(?:固定)?(?:职业|工作|单位)"
    r"|经商|自主创业|自主择业|自谋职业|居民|村民|军人|其他|在家|退休在家|养老|公司|单位|企业|集团|工厂|医院|学校|社区|村|本单位)+$"
)
# A former unit, said after the state (退休（原东拖）) or before it (原东拖（退休）).
_FORMER = re.compile(rf"^(?:{_STATES})(?:人员)?\s*(?:[(（]原?|[,，、:：]?原)(.{{2,}}?)[)）]?$")
_FORMER_BEFORE = re.compile(rf"^原(.{{2,}}?)[(（,，、]?(?:{_STATES})[)）]?$")
_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]?$")
_BETWEEN = re.compile(r"[\s,，;；、/|·—-]+")
_MARKS = " ,，;；、/|·—-\u3000"
# A header that asks for the unit first, then for what somebody is there: 单位、职务或职业.
_UNIT_AND_JOB = re.compile(
    r"^(.*?(?:单位|企业|公司)(?:名称)?)[\s及和与或、/(含带兼并连]*(?:职务|职业|岗位|职称|工种|任职).*$"
)
_OWN_UNIT = re.compile(r"(?:公司|集团|厂|院|校|学|局|所|中心|社区|银行|协会|商会|店|站|园|馆|街道|委员会|居委会)$")
_OFFICE = re.compile(r"(?:局|委|办|办公室|政府|街道|镇|乡|处|科|室|中心|大队|部|会|公司|集团|厂|社区|村|院|校)$")
_DEPARTMENT = re.compile(
    r"^[^0-9]*(?:分厂|车间|工段|科|处|室|班|组|队|部|机关|工会|党委|总支|支部)$|^.*(?:车间|工段|班|组|支部)$"
)


def cut_job(text: str) -> str:
    """Return what a cell says of an employer without the job that follows; '' where it names no unit at all.

    东拖工程师, 东拖（退休）, 退休（原东拖） and 东拖车间主任 are 东拖; 务农 is no unit.
    """
    former = _FORMER.match(text.strip()) or _FORMER_BEFORE.match(text.strip())
    name, before = former[1].strip() if former else text.strip(), ""
    while name != before:
        before = name
        name = _cut_once(name)
    return "" if _NO_UNIT.match(normalize(name)) or _ONLY_JOB.match(normalize(name)) else name


def _cut_once(name: str) -> str:
    bracket = _BRACKET.search(name)
    if bracket and (_ONLY_JOB.match(normalize(bracket[1])) or not bracket[1].strip()):
        return name[: bracket.start()].strip()
    *heads, last = _BETWEEN.split(name)
    if heads and _ONLY_JOB.match(normalize(last)):
        return name[: name.rindex(last)].rstrip(_MARKS)
    tail = _TAIL.search(name)
    if tail is None or not tail.start():
        return name
    return _PART_TAIL.sub("", name[: tail.start()]).strip(_MARKS) or name[: tail.start()]


def is_post(text: str) -> bool:
    """Tell whether a text is a post, alone or behind an office's name (区发改局副局长), and names nobody (张伟副局长)."""
    found = _TAIL.search(normalize(text))
    office = normalize(text)[: found.start()] if found else ""
    return found is not None and (not office or _OFFICE.search(office) is not None)


def is_department(text: str) -> bool:
    """Tell whether what follows a unit's name is a part of it without a name of its own (总装分厂, 二车间, 机关)."""
    return _DEPARTMENT.match(normalize(text).strip("()-,、")) is not None


def is_beside_unit(text: str) -> bool:
    """Tell whether what follows a unit's name may be a part of it or a job there (通风区区长), and is no unit of its own (第二机械厂)."""
    return is_department(text) or _OWN_UNIT.search(normalize(text).strip("()-,、")) is None


def without_job(header: str) -> str:
    """Return a header that asks for a unit and what somebody is there without the latter: 工作单位 for 工作单位及职务."""
    found = _UNIT_AND_JOB.match(normalize(header))
    return found[1] if found else header
