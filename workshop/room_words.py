"""What a room says to those in it, in both languages: its refusals, and the words of the phone page."""

from __future__ import annotations

from typing import Any

from ..experiments.provenance import Refusal
from ..experiments.style import words
from ..words import Words, pair

word = words({
    # what a sentence is about
    "the question": "题目",
    "the unit": "单位",
    "a choice": "选项",
    "the lowest answer": "最小值",
    "the highest answer": "最大值",
    # refusals of answers
    "This phone is not known in this room; load the page again.": "本场未登记这部手机，请重新加载页面。",
    "The room is full: {most} people have answered.": "本场人数已满：已有{most}人作答。",
    "You have changed this answer {most} times; it stays as it is.": "您已修改{most}次，答案不再更改。",
    "There is no such question.": "没有这道题。",
    "This question is closed; answers are no longer taken.": "本题已结束，不再接受答案。",
    "The answer must be a number from {low} to {high}.": "请填写{low}到{high}之间的数。",
    "The answer must be one of the choices shown.": "请从所列选项中选择一项。",
    "Too many requests; wait a few seconds.": "请求过于频繁，请稍等几秒。",
    "The answer could not be stored; please try again.": "答案未能保存，请再试一次。",
    # refusals of questions
    "{what} must be a text of 1 to {most} letters, in one language or in both.": "{what}须为1至{most}个字，可用一种或两种语言。",
    "{what} must be a number from {low} to {high}.": "{what}须为{low}到{high}之间的数。",
    "The lowest answer must lie below the highest.": "最小值须小于最大值。",
    "Decimals must be a whole number from 0 to {most}.": "小数位数须为0到{most}之间的整数。",
    "A vote needs {least} to {most} choices with names of their own.": "投票须有{least}至{most}个选项，且名称各不相同。",
    "The outcome must be a name of letters and underscores.": "结果名称只能由字母和下划线组成。",
    "The settings of a guess must be the link of a page.": "竞猜所依据的设置须为页面链接。",
    "A question is a guess or a vote with its own entries: {allowed}.": "题目须为竞猜或投票，且只含以下各项：{allowed}。",
    "A room has at most {most} questions.": "每场最多{most}道题。",
    "There are {most} questions on the phones; put one away first.": "手机上已有{most}道题，请先收起一道。",
    "This question has been revealed and stays as it is.": "本题结果已公布，不能再更改。",
    "Close the question first.": "请先结束本题。",
    "The model's differences must be at most {most} finite numbers.": "模型差异须为不超过{most}个有限数值。",
    # refusals of requests
    "This is for the facilitator; open the facilitator's link first.": "此项仅限主持人使用，请先打开主持人链接。",
    "This link is not the facilitator's; copy all of it.": "这不是主持人链接，请完整复制。",
    "Requests from other pages are refused.": "不接受来自其他页面的请求。",
    "The request must be JSON.": "请求须为JSON格式。",
    "The request could not be read; it must be one JSON object.": "无法读取请求，须为单个JSON对象。",
    "The request must have {names}.": "请求须包含{names}。",
    "The request is larger than {most} bytes.": "请求超过{most}字节。",
    "This address is none of this computer's.": "该地址不属于本机。",
    "Phones cannot reach this server: it listens on this computer only.": "手机无法连接：服务器仅在本机监听。",
    # the record of a room
    "{path}: another server is using this room; stop it first.": "{path}：另一服务器正在使用本场，请先停止它。",
    "{path}: record {n} cannot be read as part of a room; move the file away to begin a new room.":
        "{path}：第{n}条记录无法读作本场内容；移走该文件即可开始新的一场。",
    # the table of results
    "guess": "竞猜",
    "vote": "投票",
    "open": "进行中",
    "closed": "已结束",
    "revealed": "已公布",
    "number": "序号",
    "kind": "类型",
    "state": "状态",
    "question": "题目",
    "unit": "单位",
    "outcome": "结果变量",
    "answer": "答案",
    "count": "人数",
    "answers": "答案总数",
    "model median": "模型中位数",
    # the facilitator's link
    "Workshop": "工作坊",
    "To the workshop": "进入工作坊",
})  # fmt: skip

PHONE = {
    "linli: the room": "邻里 · 现场",
    "Waiting for the first question …": "等待第一道题……",
    "This page needs JavaScript.": "本页需要启用JavaScript。",
    "Anonymous: nobody can see who answered what.": "匿名作答：没有人能看到谁答了什么。",
    "Connection lost. Trying again …": "连接中断，正在重试……",
    "Connected again.": "已重新连接。",
    "Cookies must be allowed for this page, so that each phone counts once.": "请允许本页使用Cookie，以便每部手机只计一次。",
    "Guess": "竞猜",
    "Vote": "投票",
    "Your guess": "您的猜测",
    "less": "减少",
    "more": "增加",
    "plus or minus": "正负号",
    "from {low} to {high}": "{low}到{high}",
    "Send": "提交",
    "Change": "修改",
    "Sending …": "正在提交……",
    "Not sent yet. Trying again …": "尚未送达，正在重试……",
    "Please choose one.": "请先选择一项。",
    "Please enter a number from {low} to {high}.": "请填写{low}到{high}之间的数。",
    "Your answer is in: {answer}.": "已收到您的答案：{answer}。",
    "You can change it until the question is closed.": "结束前可以修改。",
    "You did not answer.": "您未作答。",
    "{n} answers so far": "已有{n}人作答",
    "1 answer so far": "已有1人作答",
    "{n} answers": "共{n}人作答",
    "1 answer": "共1人作答",
    "Closed. The result will be shown soon.": "已结束，结果即将公布。",
    "New question": "新题目",
    "Question closed": "题目已结束",
    "The result is shown": "结果已公布",
    "Nobody answered.": "无人作答。",
    "One guess: {median}.": "仅有1人猜测：{median}。",
    "Median of {n} guesses: {median}.": "{n}人猜测的中位数：{median}。",
    "The model, {n} pairs of runs: median {median}, nine in ten from {low} to {high}.":
        "模型（{n}对运行）：中位数{median}，九成介于{low}与{high}。",
    "Your guess: {answer}.": "您的猜测：{answer}。",
    "It lies where nine in ten of the model's runs lie.": "落在模型九成运行的范围内。",
    "It lies outside nine in ten of the model's runs.": "落在模型九成运行的范围之外。",
    "guesses": "猜测",
    "model": "模型",
    "bars: shares": "高度为占比",
    "you": "您",
    "your choice": "您的选择",
    "The numbers": "具体数字",
    "from": "起",
    "below": "不足",
}  # fmt: skip
"""The words of the phone page; the English ones are their keys there too."""


def both(text: str, **fields: Any) -> Words:
    """A sentence in both languages; fields that are words are told in the same language."""
    english, chinese = (
        word(text, lang).format(**{
            name: value.told(lang) if isinstance(value, Words) else value for name, value in fields.items()
        })
        for lang in ("en", "zh")
    )  # fmt: skip
    return pair(english[:1].upper() + english[1:], chinese)


class RoomError(Refusal):
    """What cannot be done in a room, in one sentence.

    `reason` is one of "invalid", "unknown", "over" (too late), "full", "hurried", "stranger", "forbidden", "large",
    "kind" and "disk".
    """

    def __init__(self, reason: str, text: str, **fields: Any) -> None:
        self.reason = reason
        self.words = both(text, **fields)
        super().__init__(self.words.en)
