"""Strings of all widths."""
ascii_ = ["x" * 1000 + str(i) for i in range(5000)]  # truth: end=sum(getsizeof("x"*1000+str(i))for(i)in(range(5000))) peak=sum(getsizeof("x"*1000+str(i))for(i)in(range(5000)))
wide = ["\u0416" * 1000 + str(i) for i in range(5000)]  # truth: end=sum(getsizeof("\u0416"*1000+str(i))for(i)in(range(5000))) peak=sum(getsizeof("\u0416"*1000+str(i))for(i)in(range(5000)))
widest = ["\U0001F600" * 1000 + str(i) for i in range(5000)]  # truth: end=sum(getsizeof("\U0001F600"*1000+str(i))for(i)in(range(5000))) peak=sum(getsizeof("\U0001F600"*1000+str(i))for(i)in(range(5000)))
