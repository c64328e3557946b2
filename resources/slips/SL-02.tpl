#T {hall}
#C 首问登记回执
#=
#LR 登记号：{no}|{now}
#K 首问责任人|{clerk_no}号（{window}窗口）
#K 来访方式|{channel}
#K 咨询（申请）事项|{topic}
#K 处理方式|{action}
#K 承接人|{owner}
#K 最迟答复|{due}
#-
#W 首问责任人负责到有人接办为止。没有人联系您的，请凭本单找首问责任人，或拨打{hall_tel}。
#K 投诉电话|{hall_tel}
#K 行政效能投诉|{eff_tel}
