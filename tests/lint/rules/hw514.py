import boto3, requests, sqlalchemy
from fastapi import FastAPI
app = FastAPI()
ENGINE = sqlalchemy.create_engine("sqlite://")
@app.get("/")
def show():
    engine = sqlalchemy.create_engine("sqlite://")  # expect: HW514
    return engine
def each(names):
    for name in names:
        boto3.client(name).list()  # expect: HW514
        with requests.Session() as session:
            session.get(name)
def once():
    return requests.Session()
