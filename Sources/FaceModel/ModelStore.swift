internal import CXNNPACK
