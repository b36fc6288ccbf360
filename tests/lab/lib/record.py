"""Writes down what goes over the parent's bus: every message that is published in the services' virtual host, as RabbitMQ's tracer copies it.

Nobody's queue or binding changes.  One JSON a line: of a request its method and arguments, of a reply its result or failure; of the context no more
than the request's id.  Arguments: the file with the transport URL, the file to write, the file to touch when it listens.
"""
import json
import sys
import time

import pika

url, out, listening = sys.argv[1:]
SECRET = {'admin_password', 'new_pass', 'injected_files'}


def clean(value):
    if isinstance(value, dict):
        return {k: '***' if k in SECRET and v else clean(v) for k, v in value.items()}
    return [clean(v) for v in value] if isinstance(value, list) else value


def traced(channel, deliver, properties, body):
    try:
        message = json.loads(json.loads(body)['oslo.message'])
    except (ValueError, KeyError, TypeError):
        return  # no RPC: a notification, or what our own queues say to each other
    line = {'at': round(time.time(), 3), 'exchange': properties.headers.get('exchange_name', ''), 'key': (properties.headers.get('routing_keys') or [''])[0],
            'id': message.get('_msg_id'), 'request': message.get('_context_request_id')}
    if 'method' in message:
        line.update(method=message['method'], version=message.get('version'), args=clean(message.get('args')), reply=message.get('_reply_q'))
    else:
        line.update(result=clean(message.get('result')), failure=message.get('failure'))
    file.write(json.dumps(line) + '\n')
    file.flush()


with open(out, 'a') as file:
    with open(url) as f:
        channel = pika.BlockingConnection(pika.URLParameters(f.read().strip().replace('rabbit://', 'amqp://'))).channel()
    queue = channel.queue_declare('', exclusive=True).method.queue
    channel.queue_bind(queue, 'amq.rabbitmq.trace', 'publish.#')
    channel.basic_consume(queue, traced, auto_ack=True)
    open(listening, 'w').close()
    channel.start_consuming()
