#T 审批跟踪监督卡
#C 工程建设项目并联审批
#=
#K 监督卡号|{no}
#K 项目名称|{project}
#K 建设单位|{owner}
#K 代办员|{agent}
#K 登记日期|{reg_date}
#K 总时限|{total}个工作日（最迟{total_due}）
#-
#W 阶段/部门          限  收件   办结   用 签字
#-
#EACH rows
#W {it.line}
#END
#-
#LR 已用：{used}个工作日|剩余：{left}个工作日
#K 当前状态|{state}
#K 联席会议|{meeting}
#W 不计时说明：{pause}
#W 各部门收件、办结时须在本卡（或系统）签时。超时亮牌：到期前1个工作日黄牌，超期红牌。
#Q {qr}|扫码查看最新进度
#K 监督电话|{hall_tel}
#K 行政效能投诉|{eff_tel}
#R 打印：{now}
