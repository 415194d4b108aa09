"""What is said to be wrong in invented neighbourhoods, and what it came to."""

from __future__ import annotations

from typing import NamedTuple


class Matter(NamedTuple):
    """What people say, its category, and what turned out to be the cause and the remedy (none: nothing to be done)."""

    words: str
    category: str
    cause: str = ""
    remedy: str = ""


MATTERS = (
    Matter("三楼到四楼的灯不亮，老人下楼看不清台阶。", "stair_light", "灯头进水，接线老化", "换了灯头，重新接了线"),
    Matter("连下几天雨，厨房外墙渗水，墙皮都起泡了。", "seepage", "落水管破了，管里淤了泥", "换了一截落水管，清了淤泥"),
    Matter("北门口有人停车，把消防通道堵住了。", "fire_lane", "外来车辆临停", "联系车主挪走，补画了黄线"),
    Matter("垃圾桶满了两天没人收，味道很大。", "overflow", "清运车改了线路", "当天清运，线路改回来了"),
    Matter("楼上半夜搬桌椅，睡不着。", "noise"),
    Matter("单元门口地砖翘起来了，昨天差点绊倒人。", "paving", "雨水泡空了垫层", "重新铺了六块砖"),
    Matter("电梯一停一顿的，坐着害怕。", "lift", "抱闸磨损", "维保换了抱闸片"),
    Matter("花园的长椅断了一根木条。", "bench", "木条朽了", "换了三根防腐木"),
    Matter("有人把电动车推进楼道充电。", "ebike", "车棚插座坏了", "修好车棚插座，和住户谈妥了"),
    Matter("下水道堵了，一楼往外返水。", "sewer", "油污结块", "疏通了主管，提醒了餐馆"),
    Matter("草地上有狗粪，孩子没法玩。", "pet_mess"),
    Matter("路灯从昨晚开始一闪一闪的。", "lamp", "镇流器坏了", "换了镇流器"),
    Matter("楼门口的声控灯拍手也不亮。", "stair_light", "声控开关失灵", "换了开关"),
    Matter("卫生间顶上往下滴水，楼上说不是他家。", "seepage", "楼上地漏密封圈老化", "换了密封圈，两家看过都认可"),
    Matter("树枝伸到窗户上了，刮风就敲玻璃。", "paving", "行道树三年没修", "请园林修了枝"),
    Matter("健身器材的坐板松了，怕孩子摔着。", "bench", "螺栓滑丝", "换了螺栓和坐板"),
    Matter("小广告又贴满了单元门。", "overflow", "夜里有人来贴", "清掉了，装了一盏感应灯"),
    Matter("地下车库入口积水，电动车过不去。", "sewer", "集水井水泵跳闸", "换了水泵的空开"),
    Matter("电梯按钮五楼按不动。", "lift", "按钮触点坏了", "换了按钮板"),
    Matter("人行道的路灯杆歪了。", "lamp", "被倒车撞的", "扶正加固，找到了车主"),
)
QUESTIONS = ("是天天这样，还是下雨天才有？", "在几楼？靠东还是靠西？", "方便的话，再拍一张远一点的照片好吗？")
ANSWERS = ("下雨天厉害，平时也有一点。", "靠东头，拐角的地方。", "拍了，您看一下。", "我在家，随时可以来看。")
NOTES = ("去看过了，下午带工具来。", "物业已经派人，今天能到。", "材料订了，到了就换。")
REASONS = ("等物业买材料", "等天晴了才能刷", "约了维保，后天上门")
AGAIN = ("又坏了，和上次一样。", "只好了半天。", "修的不是这一处。")
REFUSALS = ("这类事可以先请楼栋长出面，谈不拢再申请调解。", "不在本社区的范围里，已经告诉您该找谁。")
