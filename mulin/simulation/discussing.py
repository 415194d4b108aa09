"""What neighbours of the demo say on its incident: an answer for a unit, a comment that was hidden, one reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.comments import actions
from mulin.kernel import clock
from mulin.kernel.worker import drain, tick


def begin(stage: Any, incident: Any) -> None:
    """Let neighbours speak, one of them too loudly; the desk hides that and says why."""
    residents, workers, lead = stage.cast["residents"], stage.cast["workers"], stage.cast["leads"][0]

    def say(by: Any, words: str, minutes: int, answers: Any = None) -> Any:
        clock.advance(timedelta(minutes=minutes))
        return actions.write(by=by, community=stage.community, on=incident, words=words, answers=answers)

    first = say(residents[1], "22号楼的水什么时候来？家里有老人，桶装水提不上八楼。", 4)
    say(workers[0], "水泵正在接临时电源，预计今天下午。要送水的请打社区值班电话，志愿者送上门。", 11, first)
    say(lead, "我们楼道六楼以上四户已经送过了。", 16, first)
    rude = say(residents[3], "物业那几个人就是一群骗子，电话号码贴出来大家打！", 7)
    say(residents[4], "能不能把哪几个楼道有电、哪几个没有，列个表贴在单元门上？", 5)
    why = "骂人，还要贴别人的电话。对物业有意见可以照样说，说事。"
    actions.hide(rude, by=workers[0], reason="insult", words=why)
    clock.advance(timedelta(minutes=3))
    calm = "电还没修好，大家都急。先歇一晚，明早接着说。"
    actions.cool(by=workers[0], community=stage.community, on=incident, reason="heated", words=calm, hours=8)
    clock.advance(timedelta(hours=8, minutes=1))
    tick()
    pushy = say(residents[5 % len(residents)], "充电宝、应急灯批发，加微信八折。", 9)
    actions.report(pushy, by=residents[1], reason="advert")
    drain()
