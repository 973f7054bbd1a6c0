import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def survey_rows(job, fields):
    return [tuple(str((job + r * c) % 97) for c in range(fields)) for r in range(20)]


@case('08 staging tables stay on the metadata')
class _:
    def setup():
        import sqlalchemy

    def bad():
        from sqlalchemy import Column, MetaData, String, Table, create_engine

        metadata = MetaData()
        engine = create_engine('sqlite://')

        def import_survey(connection, job, fields=50):
            columns = [Column(f'answer_{n:02d}', String(20), nullable=True) for n in range(fields)]
            staging = Table(f'staging_{job:05d}', metadata, *columns, prefixes=['TEMPORARY'])
            staging.create(connection)
            marks = ','.join('?' * fields)
            connection.exec_driver_sql(f'INSERT INTO {staging.name} VALUES ({marks})', survey_rows(job, fields))
            answered = connection.exec_driver_sql(
                f"SELECT count(*) FROM {staging.name} WHERE answer_03 <> '0'").scalar()
            staging.drop(connection)
            return answered

        answered = 0
        with engine.connect() as connection:
            for job in range(700):
                answered += import_survey(connection, job)
        print(answered)
        return engine, metadata

    def good():
        from sqlalchemy import Column, MetaData, String, Table, create_engine

        metadata = MetaData()
        engine = create_engine('sqlite://')

        def import_survey(connection, job, fields=50):
            columns = [Column(f'answer_{n:02d}', String(20), nullable=True) for n in range(fields)]
            staging = Table(f'staging_{job:05d}', metadata, *columns, prefixes=['TEMPORARY'])
            staging.create(connection)
            marks = ','.join('?' * fields)
            connection.exec_driver_sql(f'INSERT INTO {staging.name} VALUES ({marks})', survey_rows(job, fields))
            answered = connection.exec_driver_sql(
                f"SELECT count(*) FROM {staging.name} WHERE answer_03 <> '0'").scalar()
            staging.drop(connection)
            metadata.remove(staging)
            return answered

        answered = 0
        with engine.connect() as connection:
            for job in range(700):
                answered += import_survey(connection, job)
        print(answered)
        return engine, metadata


if __name__ == "__main__":
    kept = run()
