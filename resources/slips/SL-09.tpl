#T {hall}
#C 转窗引导单
#=
#W 您好！我这里办好了，下一个是：
#T {next_window}窗口
#C {next_biz}
#-
#IF ticket_no
#LR 已为您取号：{ticket_no}|前面等候：{ahead}人
#END
#IFNOT ticket_no
#W 还没有取号：请先到取号机或导办台取“{next_biz}”的号。
#END
#K 位置|{where}
#K 请带上|{bring}
#K 办理内容|{todo}
#IF after
#K 再下一步|{after}
#END
#-
#K 办件编号|{case_no}
#LR 引导人：{clerk_no}号 {window}窗口|{now}
#W 需要有人带您过去，请告诉我们。您慢走，再见。
