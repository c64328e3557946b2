#T 暂 停 办 理
#C {hall} {window}窗口
#=
#K 暂停业务|{biz}
#K 原因|{reason}
#K 暂停时间|{from_t}起
#K 预计恢复|{to_t}
#K 请到|{alt}
#K 已取号的|{queued}
#-
#W 给您带来不便，请原谅。值班电话：{hall_tel}
#R 发布：{lead} {now}
