import random

from harness import case, run

USERS = 1300
QUESTIONS = 8
GLOSSARY = "#note|kept for the editors of this questionnaire, not shown to the user\n"


def fetch_script(user):
    """The questionnaire as the content service sends it, notes of the editors included."""
    rnd = random.Random(user)
    lines = [GLOSSARY * 440]
    for number in range(QUESTIONS):
        lines.append(f"ask|q{number}|How satisfied are you with item {rnd.randrange(90)}?\n")
        lines.append(GLOSSARY * 45)
    return "".join(lines)


def questions(script):
    for line in script.splitlines():
        if line.startswith("ask|"):
            _, key, text = line.split("|", 2)
            yield key, text


def script_questions(user):
    return list(questions(fetch_script(user)))


def survey(user):
    script = fetch_script(user)
    todo = list(questions(script))
    points = 0
    for key, text in todo:
        answer = yield f"@{user} [{key}/{len(todo)}] {text}"
        points += int(answer)
    return points


def short_survey(user):
    todo = script_questions(user)
    points = 0
    for key, text in todo:
        answer = yield f"@{user} [{key}/{len(todo)}] {text}"
        points += int(answer)
    return points


class SurveyBot:
    def __init__(self, dialogue):
        self.dialogue = dialogue
        self.open = {}
        self.sent = 0
        self.letters = 0

    def send(self, text):
        self.sent += 1
        self.letters += len(text)

    def start(self, user):
        self.open[user] = self.dialogue(user)
        self.send(next(self.open[user]))

    def on_answer(self, user, answer):
        self.send(self.open[user].send(answer))


def evening(bot):
    for user in range(USERS):
        bot.start(user)
        for turn in range(user % (QUESTIONS - 1)):
            bot.on_answer(user, turn % 5 + 1)
    print("open", len(bot.open), "sent", bot.sent, "letters", bot.letters)
    return bot


@case("uu 16 survey bot")
class _:
    def bad():
        return evening(SurveyBot(survey))

    def good():
        return evening(SurveyBot(short_survey))


if __name__ == "__main__":
    kept = run()
