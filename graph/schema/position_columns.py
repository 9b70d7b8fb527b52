"""Where something is: what units and resources store of their position, and how sheets head it."""

from graph.kinds import Column, Property
from graph.types import Latitude, Longitude, OneOf, Place

DATUM = OneOf(
    {"WGS-84": ("wgs84", "gps", "地球坐标"), "GCJ-02": ("gcj02", "高德", "腾讯", "火星坐标"), "BD-09": ("bd09", "bd09ll", "百度"), "CGCS2000": ("国家2000", "2000国家大地坐标系")}
)  # fmt: skip
POSITION = (
    Property("lon", Longitude(), zh="经度", en="longitude"),
    Property("lat", Latitude(), zh="纬度", en="latitude"),
    Property("datum", DATUM, zh="坐标系", en="datum of the sheet (lon and lat are WGS-84)"),
)
POSITION_COLUMNS = (
    Column("lon", "经度", "lng", "lon", "东经", "百度经度", "高德经度"),
    Column("lat", "纬度", "lat", "北纬", "百度纬度", "高德纬度"),
    Column("datum", "坐标系", "坐标系统", "坐标类型", "坐标体系"),
    Column(
        "lon", "经纬度", "坐标", "经纬度坐标", "lng,lat", "经度,纬度", "经度、纬度", "经度/纬度", "经度纬度", "定位", "百度坐标", "百度经纬度", "高德坐标",
        "高德经纬度", "地理坐标", "经纬度（百度）", type=Place(),
    ),
)  # fmt: skip
