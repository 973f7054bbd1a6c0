import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('01 agent history keeps every screenshot')
class _:
    def bad():
        import base64
        class BrowserAgent:
            def __init__(self,task):
                self.messages=[{'role':'system','content':task}]
            def observe(self,png):
                url='data:image/png;base64,'+base64.b64encode(png).decode('ascii')
                self.messages.append({'role':'user','content':[{'type':'image_url','image_url':{'url':url}}]})
            def act(self,model):
                action=model(self.messages)
                self.messages.append({'role':'assistant','content':action})
                return action
        def model(messages):
            time.sleep(0.003)
            image=messages[-1]['content'][0]['image_url']['url']
            return f'click {len(image)%97} {len(messages)%89}'
        agent=BrowserAgent('book a table for two')
        actions=[]
        for step in range(130):
            agent.observe(bytes([step])*300_000)
            actions.append(agent.act(model))
        print('steps',len(actions),'last',actions[-1])
        return agent
    def good():
        import base64
        class BrowserAgent:
            keep_images=3
            def __init__(self,task):
                self.messages=[{'role':'system','content':task}]
            def observe(self,png):
                url='data:image/png;base64,'+base64.b64encode(png).decode('ascii')
                self.messages.append({'role':'user','content':[{'type':'image_url','image_url':{'url':url}}]})
                self.drop_old_images()
            def drop_old_images(self):
                seen=0
                for message in reversed(self.messages):
                    if message['role']!='user':
                        continue
                    for i,part in enumerate(message['content']):
                        if part['type']!='image_url':
                            return
                        seen+=1
                        if seen>self.keep_images:
                            message['content'][i]={'type':'text','text':'[screenshot removed]'}
            def act(self,model):
                action=model(self.messages)
                self.messages.append({'role':'assistant','content':action})
                return action
        def model(messages):
            time.sleep(0.003)
            image=messages[-1]['content'][0]['image_url']['url']
            return f'click {len(image)%97} {len(messages)%89}'
        agent=BrowserAgent('book a table for two')
        actions=[]
        for step in range(130):
            agent.observe(bytes([step])*300_000)
            actions.append(agent.act(model))
        print('steps',len(actions),'last',actions[-1])
        return agent


if __name__ == "__main__":
    kept = run()
