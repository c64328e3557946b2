#T 便民服务指南
#C {hall}
#=
#P {item}
#LR 版本：{ver}|生效：{since}
#K 实施编码|{code}
#K 事项类型|{item_type}（{case_type}）
#K 实施主体|{dept}
#K 服务对象|{served}
#-
#W 一、设定依据
#EACH basis
#N {it.n}.|{it.text}
#END
#IF conditions
#W 二、受理条件
#EACH conditions
#N {it.n}.|{it.text}
#END
#END
#W 三、申请材料（共{m_count}项，按情形提交）
#EACH materials
#N {it.n}.|{it.name}【{it.need}】{it.form}；{it.source}
#END
#W 四、办理程序
#EACH steps
#N {it.n}.|{it.text}
#END
#IF pause_note
#W 五、办理时限：法定{statutory}；承诺{promised}。{pause_note}
#END
#IFNOT pause_note
#W 五、办理时限：法定{statutory}；承诺{promised}。
#END
#W 六、收费标准：{fee}
#K 收费依据|{fee_basis}
#W 七、办理结果：{result}
#W 八、办理地点：{place}
#W 九、办理时间：{hours}
#-
#K 咨询电话|{dept_tel}  大厅：{hall_tel}
#K 投诉电话|{complaint_tel}
#K 行政效能投诉中心|{eff_tel}
#R 打印：{today}
