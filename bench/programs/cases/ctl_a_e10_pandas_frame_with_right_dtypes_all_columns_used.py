import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('e10 pandas frame with right dtypes, all columns used')
class _:
    def setup(): import pandas, numpy.random, pyarrow.compute
    def good():
        import pandas as pd, numpy as np
        r=np.random.default_rng(11); n=1_500_000; when=r.integers(1_704_067_200,1_735_689_600,n)
        df=pd.DataFrame({'station':pd.Categorical.from_codes(r.integers(0,300,n,dtype=np.int16),[f'ST{k:03d}' for k in range(300)]),
            'when':when.view('M8[s]'),
            'temp':r.random(n,dtype=np.float32),'wind':r.random(n,dtype=np.float32),'cloud':r.integers(0,101,n,dtype=np.uint8)},copy=False)
        by=df.groupby('station',observed=True)['temp'].mean()
        monthly=df['temp'].groupby(df['when'].dt.month).max(); windy=int((df['wind']>0.99).sum()); dull=df.loc[df['cloud']>98,['station','temp']]['station'].value_counts()
        last=df['when'].max(); worst=df.nlargest(5,'wind')
        return df,by,monthly,windy,dull,last,worst


if __name__ == "__main__":
    kept = run()
