# sized
def import_readings(rows):
    readings = [Reading(meter=meter, value=value) for meter, value in rows]  # expect: HW757
    Reading.objects.bulk_create(readings, batch_size=300)
def at_once(rows):
    Reading.objects.bulk_create([Reading(meter=meter) for meter in rows], 300)  # expect: HW757
def appended(collection, rows):
    documents = []
    for row in rows:
        documents.append({"n": row})  # expect: HW757
    collection.insert_many(documents)
def batches(rows):
    for batch in batched(rows, 1000):
        Reading.objects.bulk_create(batch)
def used_again(rows):
    readings = [Reading(meter=meter) for meter in rows]
    Reading.objects.bulk_create(readings)
    return len(readings)
def of_an_expression(rows):
    Reading.objects.bulk_create(Reading(meter=meter) for meter in rows)  # expect: HW757
class Importer:
    def readings(self):
        for meter in self.rows:
            yield Reading(meter=meter)
    def load(self):
        Reading.objects.bulk_create(self.readings(), batch_size=300)  # expect: HW757
    def load_some(self):
        readings = self.readings()
        while batch := list(islice(readings, 300)):
            Reading.objects.bulk_create(batch)
